"""Words into lines: no markup, no hyphenation, nothing ever wider than its column."""

from collections.abc import Sequence

from reports.pen import Pen, width_of
from reports.theme import Style

Run = tuple[str, Style]
Line = list[Run]
_BALANCING_STEPS = 9


def wrap(runs: Sequence[Run], width: float) -> list[Line]:
    """Lines no wider than width; a word that is wider by itself is cut."""
    lines: list[Line] = []
    line: Line = []
    used = 0.0
    for word in _words(runs):
        for piece in _cut(word, width):
            wide = sum(width_of(letters, style) for letters, style in piece)
            space = width_of(" ", line[-1][1]) if line else 0.0
            if line and used + space + wide > width + 0.01:
                lines.append(line)
                line, used, space = [], 0.0, 0.0
            line = _joined(line, piece)
            used += space + wide
    return [*lines, line] if line else lines or [[]]


def balanced(runs: Sequence[Run], width: float) -> list[Line]:
    """The same number of lines, as even as can be: no headline ends in one word alone."""
    lines = wrap(runs, width)
    narrow, wide = width * 0.45, width
    if len(lines) > 1:
        for _ in range(_BALANCING_STEPS):
            middle = (narrow + wide) / 2
            if len(wrap(runs, middle)) <= len(lines):
                wide = middle
            else:
                narrow = middle
    return wrap(runs, wide)


def write_line(pen: Pen, x: float, y: float, line: Line, *, width: float, is_last: bool) -> None:
    """Draw one line. A space ends each line but the last, so that words stay apart when read."""
    if not line:
        return
    align = line[0][1].align
    wide = sum(width_of(letters, style) for letters, style in line)
    if align != "left":
        x += width - wide if align == "right" else (width - wide) / 2
    for place, (letters, style) in enumerate(line):
        ends = place == len(line) - 1 and not is_last
        pen.write(x, y, letters + " " if ends else letters, style.but(align="left"))
        x += width_of(letters, style)


def _words(runs: Sequence[Run]) -> list[Line]:
    """Runs cut at plain spaces; a word may change its style in the middle."""
    words: list[Line] = [[]]
    for letters, style in runs:
        first, *rest = letters.split(" ")
        words[-1].append((first, style))
        words += [[(part, style)] for part in rest]
    words = [[run for run in word if run[0]] for word in words]
    return [word for word in words if word]


def _cut(word: Line, width: float) -> list[Line]:
    if sum(width_of(letters, style) for letters, style in word) <= width:
        return [word]
    pieces: list[Line] = [[]]
    used = 0.0
    for letter, style in ((c, style) for letters, style in word for c in letters):
        wide = width_of(letter, style)
        if pieces[-1] and used + wide > width:
            pieces.append([])
            used = 0.0
        pieces[-1] = _merged([*pieces[-1], (letter, style)])
        used += wide
    return pieces


def _joined(line: Line, word: Line) -> Line:
    if not line:
        return list(word)
    letters, style = line[-1]
    return _merged([*line[:-1], (letters + " ", style), *word])


def _merged(line: Line) -> Line:
    merged: Line = []
    for letters, style in line:
        if merged and merged[-1][1] == style:
            merged[-1] = (merged[-1][0] + letters, style)
        else:
            merged.append((letters, style))
    return merged
