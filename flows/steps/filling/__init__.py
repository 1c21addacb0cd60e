"""What a warehouse is filled with before anything is counted: what was sent, and what counts."""
