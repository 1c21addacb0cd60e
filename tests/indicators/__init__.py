"""One example an indicator, small enough to check by eye, and the traps of counting."""
