"""A funder reads what its money did: the figures, the activities, the calls, the aims, the quality.

Who has not reported is the team's business; how much of it is missing stands with the figures.
"""

from reports.pages import (
    activities,
    aims,
    calls,
    definitions,
    indicators,
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
    quality.section,
    definitions.section,
)
