"""The verdict that a file is not read."""

from typing import Any


class Refused(Exception):  # noqa: N818 - it is a verdict about a file, no error of ours
    """This file is not read. Carries the rule and what its sentence needs."""

    def __init__(self, rule: str, sheet: str | None = None, **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(rule)
        self.rule = rule
        self.sheet = sheet
        self.arguments = arguments
