"""Work on strangers' files in a process that can reach nothing."""
