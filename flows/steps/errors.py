"""The few things that can go wrong, by who must act.

What a partner wrote wrongly is never an exception: it is a finding, a row (see quality).
"""


class ReperError(Exception):
    """Something went wrong. The text says what, where, and what to do; one line for a person."""

    exit_status = 1


class UsageError(ReperError):
    """Whoever typed the command or filled in the form must change it: an unknown period, say."""

    exit_status = 2


class CatalogueError(ReperError):
    """The analyst must mend the reference tables. The text names file, row and remedy."""

    exit_status = 3


class OperatorError(ReperError):
    """The surroundings do not allow it: locked, disk full, no right, bad configuration."""

    exit_status = 3


class NotNeededError(ReperError):
    """What a mail was planned for has happened without it; nobody has to act."""
