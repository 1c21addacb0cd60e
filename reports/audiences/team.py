"""The programme team reads everything: the figures, what is behind, who is missing, and why."""

from reports.pages import (
    activities,
    aims,
    calls,
    definitions,
    indicators,
    partners,
    quality,
    restated,
    summary,
)

PAGES = (
    summary.section,
    indicators.section,
    restated.section,
    activities.section,
    calls.section,
    aims.section,
    partners.section,
    quality.section,
    definitions.section,
)
