"""Pages: each takes the report and gives a section. No page holds a figure or a claim."""
