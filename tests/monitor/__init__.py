"""What is said of the figures: targets, aims, calls, pairs, traces, changes, and what is hidden."""
