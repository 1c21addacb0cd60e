"""Reper's flows: when each step runs, and in what order."""
