"""A reader who wants to know what is hidden: knows all that was shown and how it adds up."""

from collections.abc import Iterator
from itertools import islice

from flows.steps.publishing.knowledge import Key, Release

FEW, POSSIBLE = 5, 3
TRIES = 500


class Attacker:
    """Knows what was shown, how it adds up, and which counts changed from one edition to the next.

    Tries values for a hidden cell and looks for any whole numbers, one or more, that fit. To be
    done in time it begins near the truth, which a reader does not know: what it finds is possible,
    and what it does not find may still be.
    """

    def __init__(self, releases: list[Release]) -> None:
        self.names: dict[tuple[int, Key], int] = {}
        self.given: dict[int, int] = {}
        last: dict[Key, tuple[int, int]] = {}  # Which number stood there last, and its value.
        self.truth: dict[int, int] = {}
        self.found: dict[int, list[int]] = {}
        self.reach = self.tries = 0
        self.sums: list[list[tuple[int, int]]] = []
        for n, release in enumerate(releases):
            for key, count in release.table.counts.items():
                if key not in last or last[key][1] != count:
                    last[key] = (len(self.names) + 1000 * n, count)
                self.names[n, key] = last[key][0]
                self.truth[last[key][0]] = count
                if key not in release.hidden:
                    self.given[last[key][0]] = count
        for n, release in enumerate(releases):
            for whole, parts in release.table.sums:
                signed = [(self.names[n, whole], -1), *((self.names[n, p], 1) for p in parts)]
                self.sums.append(signed)
        self.places: dict[int, list[int]] = {}
        for place, signed in enumerate(self.sums):
            for name, _ in signed:
                self.places.setdefault(name, []).append(place)

    def values(self, release: int, key: Key) -> list[int]:
        """The first few values that the cell may have."""
        name = self.names[release, key]
        if name in self.given:
            return [self.given[name]]
        if name not in self.found:
            # What a few changes make up for is soon found; a search through all takes its time.
            ways = [(12, self._is_mended), *((reach, self._fits) for reach in (2, 4, 12))]
            for reach, fits in ways:
                self.reach = reach
                near = (value for value in self._near(name) if fits(name, value))
                self.found[name] = list(islice(near, POSSIBLE))
                if len(self.found[name]) == POSSIBLE:
                    break
        return self.found[name]

    def _fits(self, name: int, value: int) -> bool:
        return next(self._solutions({**self.given, name: value}), None) is not None

    def _is_mended(self, name: int, value: int) -> bool:
        self.tries = TRIES
        return self._mends({name: value})

    def _mends(self, said: dict[int, int]) -> bool:
        """Whether others, each changed once, make up for what was changed."""
        broken = self._broken(said)
        if broken is None:
            return True
        missing, signed = broken
        for name, sign in signed:
            value = self.truth[name] + sign * missing
            if name not in said and name not in self.given and value >= 1 and self.tries:
                self.tries -= 1
                if self._mends({**said, name: value}):
                    return True
        return False

    def _broken(self, said: dict[int, int]) -> tuple[int, list[tuple[int, int]]] | None:
        """What a sum lacks and its numbers: of those that no longer hold the one least open."""
        found, fewest = None, len(self.truth) + 1
        for place in {place for name in said for place in self.places.get(name, ())}:
            signed = self.sums[place]
            missing = -sum(sign * said.get(name, self.truth[name]) for name, sign in signed)
            open_ = sum(name not in said and name not in self.given for name, _ in signed)
            if missing and open_ < fewest:
                found, fewest = (missing, signed), open_
        return found

    def _solutions(self, given: dict[int, int]) -> Iterator[dict[int, int]]:
        left = []
        for signed in self.sums:
            rest = sum(sign * given[name] for name, sign in signed if name in given)
            unknown = [(name, sign) for name, sign in signed if name not in given]
            if not unknown:
                if rest:
                    return
                continue
            left.append((len(unknown), rest, unknown))
        if not left:
            yield given
            return
        _, rest, unknown = min(left, key=lambda one: one[0])
        if len(unknown) == 1:
            name, sign = unknown[0]
            if -rest * sign >= 1:
                yield from self._solutions({**given, name: -rest * sign})
            return
        for value in self._near(unknown[-1][0]):
            yield from self._solutions({**given, unknown[-1][0]: value})

    def _near(self, name: int) -> list[int]:
        steps = sorted(range(-self.reach, self.reach + 1), key=abs)
        return [self.truth[name] + step for step in steps if self.truth[name] + step >= 1]


def assert_nothing_is_given_away(releases: list[Release]) -> None:
    attacker = Attacker(releases)
    for n, release in enumerate(releases):
        for key in release.hidden:
            assert len(attacker.values(n, key)) >= POSSIBLE, (releases, n, key)
        small = {key for key, count in release.table.counts.items() if 0 < count < FEW}
        assert small <= release.hidden
