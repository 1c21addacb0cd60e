"""What each command does: one function a command, by its name; flows.cli says how it is typed.

Steps are imported where they are used, so that `reper --help` answers at once.
"""
