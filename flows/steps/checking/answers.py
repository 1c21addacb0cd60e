"""What may be written in a cell: the words of its list, an example, the word that was meant."""

import difflib
from collections.abc import Iterable, Mapping, Sequence

from flows.steps.catalogue import Catalogue
from flows.steps.catalogue.rows import Row
from flows.steps.catalogue.words import fold
from reports.model import Language

_NEAR = 0.8
# The lists of a programme: the column to show, then others that are understood as well.
_LISTS = {
    "partners": ("partner_id",),
    "projects": ("project_id",),
    "programmes": ("name_{}", "name_ro", "name_en", "programme_id"),
    "districts": ("name", "district_code"),
}


class Answers:
    """The answers that the form allows, to each partner, in each language."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[tuple[str, str, str | None, Language], dict[str, str]] = {}
        self.periods = [
            period.period_id
            for period in catalogue.periods()
            if period.kind == catalogue.programme.reporting_kind
        ]

    def allowed(
        self, form_field: Row, partner_id: str | None, language: Language
    ) -> Mapping[str, str]:
        """Each word that is understood, folded, to the word of this language; none without a list.

        With a partner only that partner's own projects.
        """
        key = (form_field["sheet"], form_field["field"], partner_id, language)
        if key not in self._known:
            found = self._list(form_field, partner_id, language)
            self._known[key] = {fold(word): shown for word, shown in found}
        return self._known[key]

    def example(self, form_field: Row, partner_id: str, language: Language) -> str:
        """An answer that this partner may give: the form's example, or else the first allowed."""
        example = form_field["example"] or ""
        if form_field["vocabulary"] == "partners":
            return partner_id
        allowed = self.allowed(form_field, partner_id, language)
        if not allowed:
            return example
        parts = [fold(part) for part in example.split(";")]
        if not all(part in allowed for part in parts):
            return next(iter(allowed.values()))
        return "; ".join(allowed[part] for part in parts)

    def unknown(self, form_field: Row, value: str) -> list[str]:
        """The parts of an answer that are not in the list; all of it when none stands out."""
        if form_field["type"] != "multi":
            return [value]
        known = self.allowed(form_field, None, "ro")
        parts = (part.strip() for part in value.split(";"))
        return [part for part in parts if part and fold(part) not in known] or [value]

    def _list(
        self, form_field: Row, partner_id: str | None, language: Language
    ) -> Iterable[tuple[str, str]]:
        """Pairs of a word that is understood and the word to show for it, in the form's order."""
        catalogue, vocabulary = self._catalogue, form_field["vocabulary"]
        if form_field["field"] == "period":
            return [(period, period) for period in self.periods]
        if vocabulary == "objectives":
            aims = [row["aim_id"] for row in catalogue["ecoc_aims"]]
            codes = [*(row["objective_id"] for row in catalogue["objectives"]), *aims]
            return [(code, code) for code in codes]
        if vocabulary in _LISTS:
            shown, *others = (name.format(language) for name in _LISTS[vocabulary])
            return [
                (row[name], row[shown])
                for row in catalogue[vocabulary]
                if partner_id in (None, row.get("partner_id", partner_id))
                for name in (shown, *others)
            ]
        return [
            (row[name], row[f"label_{language}"])
            for row in catalogue["vocabularies"]
            if row["vocabulary"] == vocabulary
            for name in ("label_ro", "label_en", "code")
        ]


def near(unknown: Sequence[str], allowed: Mapping[str, str]) -> list[str]:
    """The allowed words that come close to what was written."""
    return [
        allowed[match]
        for text in unknown
        for match in difflib.get_close_matches(fold(text), allowed, n=1, cutoff=_NEAR)
    ]
