"""The public reads what was done and what it means, on no page who owes a report or got one wrong.

Small counts of people are hidden before the facts come here.
"""

from reports.pages import activities, aims, calls, definitions, indicators, summary

PAGES = (
    summary.section,
    indicators.section,
    activities.section,
    calls.section,
    aims.section,
    definitions.section,
)
