"""The receipt of a submission: what it says, as plain text and as a page."""
