"""What every page is given: the cleaned facts and the language in which to say them."""

from dataclasses import dataclass

from reports.contents import Contents
from reports.locale import Locale
from reports.model import Facts


@dataclass(frozen=True)
class Report:
    """One report in the making. contents is filled in once the pages are laid out."""

    facts: Facts
    locale: Locale
    contents: Contents
