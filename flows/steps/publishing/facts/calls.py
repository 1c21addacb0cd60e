"""Open calls that closed in the period, and where they do not add up."""

from flows.steps.publishing.facts.asking import Figures, Questions, text_of
from reports.model import CallGap, OpenCall, OpenCalls


def open_calls(book: Figures, ask: Questions) -> OpenCalls:
    """Each call, the figures over all of them, and what contradicts itself."""
    calls = tuple(
        OpenCall(
            call_id=row["call_id"],
            title=row["title"],
            programme=text_of(row, "programme"),
            is_in_situ=row["is_in_situ"],
            applications=row["applications"],
            applicants=row["applicants"],
            eligible=row["eligible"],
            applicants_selected=row["applicants_selected"],
            withdrawn=row["withdrawn"],
            ineligible=row["ineligible"],
            applications_selected=row["applications_selected"],
            turned_down=row["turned_down"],
        )
        for row in ask("facts/open_calls")
    )
    eligible = [call.eligible for call in calls]
    return OpenCalls(
        calls=calls,
        applicants=book.total("IND33", "applicants"),
        # A sum over calls of which one said nothing would pass for all of them.
        eligible=None if not calls or None in eligible else sum(e or 0 for e in eligible),
        selected=book.total("IND34", "applicants"),
        rate=book.total("IND35"),
        target=book.target("IND35"),
        gaps=tuple(CallGap(**row) for row in ask("facts/open_call_gaps")),
        applications=book.total("IND33", "applications"),
        applications_selected=book.total("IND34", "applications"),
    )
