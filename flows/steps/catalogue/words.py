"""The words of the catalogue's lists, and which code each of them stands for."""

import unicodedata

from flows.steps.catalogue import Catalogue


def fold(word: str) -> str:
    """Letters without case, accents or doubled blanks: the same as the SQL macro of that name."""
    apart = unicodedata.normalize("NFD", " ".join(word.split()))
    return "".join(c for c in apart if not unicodedata.combining(c)).lower()


def codes(catalogue: Catalogue, vocabulary: str | None) -> dict[str, str] | None:
    """Each code and label of a list, folded, to its code; None where any word will do."""
    if vocabulary in (None, "activities", "calls"):
        return None
    words: dict[str, str] = {}
    for code, word in _named(catalogue, vocabulary):
        words.setdefault(fold(word), code)
    return words


_LISTS = {
    "partners": ("partner_id",),
    "projects": ("project_id",),
    "programmes": ("programme_id", "name_ro", "name_en"),
    "districts": ("district_code", "name"),
}


def _named(catalogue: Catalogue, vocabulary: str) -> list[tuple[str, str]]:
    if vocabulary == "objectives":
        ids = [row["objective_id"] for row in catalogue["objectives"]]
        return [(code, code) for code in (*ids, *(r["aim_id"] for r in catalogue["ecoc_aims"]))]
    if vocabulary in _LISTS:
        code, *labels = _LISTS[vocabulary]
        return [(row[code], row[n]) for row in catalogue[vocabulary] for n in (code, *labels)]
    return [
        (row["code"], row[name])
        for row in catalogue["vocabularies"]
        if row["vocabulary"] == vocabulary
        for name in ("code", "label_ro", "label_en")
    ]
