"""The headline and the lead of each section: rules over the figures of that section."""

from reports import words
from reports.findings import (
    NOT_STATED,
    classified,
    in_sentence,
    is_unknown,
    main_format,
    quantity,
    status_counts,
)
from reports.locale import NBSP, Locale, capitalised
from reports.model import (
    ActivityCalendar,
    Aims,
    Facts,
    FormatSeries,
    OpenCalls,
    Quality,
    Reporting,
    Restatement,
    Status,
)

_MONTHS_NAMED = 4
_OTHERS: tuple[Status, ...] = ("at_risk", "behind", "no_data", "not_comparable")


def restated(restatement: Restatement, locale: Locale) -> tuple[str, str]:
    """How many totals are not what an earlier edition said."""
    version = locale.plain(restatement.since_version)
    count = len(restatement.totals)
    lead = locale.say(words.RESTATED_LEAD, version=version, day=locale.day(restatement.since_until))
    if not count:
        return locale.say(words.RESTATED_NOTHING, version=version), lead
    title = locale.say(
        words.RESTATED_TITLE,
        totals=locale.counted(count, words.CHANGED_TOTAL),
        are=locale.choose(count, words.HAVE_CHANGED),
        version=version,
    )
    return title, lead + (locale.say(words.RESTATED_ORDER) if count > 1 else "")


def indicators(facts: Facts, locale: Locale) -> tuple[str, str]:
    """How many indicators are on target, and how many are not."""
    counts = status_counts(facts)
    whole = sum(counts.values())
    if not whole:
        return locale.say(words.INDICATORS_NONE), ""
    reached = counts.get("reached", 0)
    others = ", ".join(
        _unbroken(counts[status], words.STATUS_COUNT[status], locale)
        for status in _OTHERS
        if counts.get(status)
    )
    title = locale.say(
        words.INDICATORS_TITLE if others else words.INDICATORS_TITLE_ALL,
        reached=locale.plain(reached),
        indicators=locale.counted(whole, words.INDICATOR),
        are=locale.choose(reached, words.ARE),
        others=others,
    )
    return title, locale.say(words.INDICATORS_LEAD)


def activities(calendar: ActivityCalendar, locale: Locale) -> tuple[str, str]:
    """The format that led in most months, the busiest month, and the months without.

    Of one month alone nothing is said by months.
    """
    totals = calendar.monthly_totals
    if not sum(totals):
        unknown = is_unknown(calendar.total)
        return locale.say(words.HEADLINE_NO_DATA if unknown else words.ACTIVITIES_NONE), ""
    busy = sum(total > 0 for total in totals)
    if busy == 1:
        return _plain_claim(calendar, locale), ""
    formats = classified(calendar.series)
    wins = {one.format_id: 0 for one in formats}
    for month in range(len(totals)):
        best = max((one.counts[month] for one in formats), default=0)
        leaders = [one for one in formats if one.counts[month] == best and best]
        if len(leaders) == 1:
            wins[leaders[0].format_id] += 1
    most = max(wins.values(), default=0)
    leaders = [one for one in formats if wins[one.format_id] == most and most]
    if len(leaders) == 1:
        title = _most_frequent(leaders[0], most, calendar, locale)
    else:
        title = _plain_claim(calendar, locale)
    return title, " ".join(
        part for part in (_peak(calendar, locale), _without(calendar, locale)) if part
    )


def open_calls(calls: OpenCalls, locale: Locale) -> tuple[str, str]:
    """How many were selected of how many, and how the rate differs between calls."""
    if not calls.calls:
        unknown = is_unknown(calls.applicants)
        return locale.say(words.CALLS_NO_DATA if unknown else words.CALLS_NONE), ""
    if not calls.rate.denominator:
        count = locale.counted(len(calls.calls), words.OPEN_CALL)
        if calls.rate.is_suppressed:
            return locale.say(words.CALLS_HIDDEN, calls=count), locale.say(words.HIDDEN_NOTE)
        return locale.say(words.CALLS_EMPTY, calls=count), locale.say(words.CALLS_NO_RATE)
    selected = calls.rate.numerator
    title = locale.say(
        words.CALLS_TITLE,
        selected=locale.plain(selected),
        applicants=locale.counted(calls.rate.denominator, words.APPLICANT),
        were=locale.choose(selected, words.WERE_SELECTED),
        rate=locale.figure(calls.rate, is_share=True),
    )
    lead = []
    rates = [
        call.applicants_selected / call.applicants
        for call in calls.calls
        if call.applicants and call.applicants_selected is not None
    ]
    # Between what is shown is not between all of them.
    if len(rates) > 1 and not any(call.is_suppressed for call in calls.calls):
        low, high = locale.percent(min(rates)), locale.percent(max(rates))
        lead.append(locale.say(words.CALLS_SPREAD, low=low, high=high))
    if calls.target and calls.target.kind == "corridor":
        corridor = locale.target(calls.target, is_share=True)
        lead.append(locale.say(words.CALLS_CORRIDOR, corridor=corridor))
    return title, " ".join(lead)


def aims(aims: Aims, locale: Locale, *, is_known: bool = True) -> tuple[str, str]:
    """What was promised and not yet done; without promises, what was done most.

    Where nothing is known of activities, that nothing was done cannot be said either.
    """
    if not is_known:
        lead = words.AIMS_LEAD_MATRIX if aims.has_matrix else words.AIMS_LEAD
        return locale.say(words.HEADLINE_NO_DATA), locale.say(lead)
    if aims.has_matrix:
        cells = [cell for row in aims.rows for cell in row.cells if cell.bullets]
        gaps = sum(not cell.activities for cell in cells)
        links = locale.counted(len(cells), words.LINK)
        have = locale.choose(gaps, words.HAVE_NO_ACTIVITY)
        title = locale.say(words.AIMS_GAPS, gaps=locale.plain(gaps), links=links, have=have)
        if not gaps:
            title = locale.say(words.AIMS_COMPLETE, links=locale.plain(len(cells)))
        return title, locale.say(words.AIMS_LEAD_MATRIX)
    if not any(aims.totals):
        return locale.say(words.AIMS_NOTHING), locale.say(words.AIMS_LEAD)
    most = max(aims.totals)
    aim = aims.aims[aims.totals.index(most)]
    title = locale.say(
        words.AIMS_MOST,
        aim=aim.short.in_(locale.language),
        activities=locale.counted(most, words.ACTIVITY),
    )
    return title, locale.say(words.AIMS_LEAD)


def partners(reporting: Reporting, locale: Locale) -> tuple[str, str]:
    """How many partners owe nothing."""
    due = [partner for partner in reporting.partners if partner.due]
    kind = reporting.periods[0].kind if reporting.periods else "quarter"
    lead = locale.say(words.PARTNERS_LEAD, period=locale.say(words.A_PERIOD[kind]))
    if not due:
        return locale.say(words.PARTNERS_NONE_DUE), ""
    complete = sum(partner.reported == partner.due for partner in due)
    title = locale.say(
        words.PARTNERS_TITLE,
        complete=locale.plain(complete),
        partners=locale.counted(len(due), words.PARTNER),
        sent=locale.choose(complete, words.SENT_ALL),
    )
    return title, lead


def quality(quality: Quality, locale: Locale) -> tuple[str, str]:
    """How many rows count, and how many wait."""
    seen = sum(row.seen for row in quality.rows)
    stored = sum(row.stored for row in quality.rows)
    quarantined = sum(row.quarantined for row in quality.rows)
    files = locale.counted(quality.files, words.FILE)
    lead = locale.say(words.QUALITY_LEAD_PLAIN, files=files) if quality.files else ""
    if quality.files_rejected:
        lead = locale.say(
            words.QUALITY_LEAD,
            files=files,
            rejected=locale.plain(quality.files_rejected),
            refused=locale.choose(quality.files_rejected, words.FILE_REJECTED),
        )
    if quality.replaced:
        lead += locale.say(words.QUALITY_REPLACED, rows=locale.counted(quality.replaced, words.ROW))
    if not seen:
        return locale.say(words.QUALITY_NONE), lead
    title = locale.say(
        words.QUALITY_TITLE,
        stored=locale.plain(stored),
        seen=locale.counted(seen, words.ROW),
        were=locale.choose(stored, words.WERE_ACCEPTED),
    )
    if quarantined:
        title = locale.say(
            words.QUALITY_TITLE_WAITING,
            title=title,
            quarantined=locale.plain(quarantined),
            wait=locale.choose(quarantined, words.WAIT),
        )
    return title, lead


def _unbroken(count: int, noun: words.Noun, locale: Locale) -> str:
    """A short count that a headline does not divide between two lines."""
    return f"{locale.plain(count)} {locale.choose(count, noun)}".replace(" ", NBSP)


def _plain_claim(calendar: ActivityCalendar, locale: Locale) -> str:
    """How many activities there were, and of which format most of them were."""
    activities = quantity(calendar.total, words.ACTIVITY, locale)
    main = main_format(calendar)
    if main is None:
        return capitalised(locale.say(words.ACTIVITIES_TITLE_PLAIN, activities=activities))
    form = in_sentence(main.label.in_(locale.language))
    return capitalised(locale.say(words.HEADLINE_MOSTLY, claim=activities, format=form))


def _most_frequent(
    leader: FormatSeries, wins: int, calendar: ActivityCalendar, locale: Locale
) -> str:
    """In how many months a format led, of all or of those in which there was anything."""
    totals = calendar.monthly_totals
    busy = sum(total > 0 for total in totals)
    all_of_them, some = words.IN_ALL_MONTHS, words.IN_MONTHS
    if busy < len(totals):
        all_of_them, some = words.IN_ALL_BUSY_MONTHS, words.IN_BUSY_MONTHS
    months = locale.counted(busy, words.MONTH)
    is_partly_stated = any(
        sum(one.counts) for one in calendar.series if one.format_id == NOT_STATED
    )
    return locale.say(
        words.MOST_FREQUENT_STATED if is_partly_stated else words.MOST_FREQUENT,
        format=capitalised(leader.label.in_(locale.language)),
        when=locale.say(all_of_them)
        if wins == busy
        else locale.say(some, months=locale.plain(wins), all=months),
    )


def _peak(calendar: ActivityCalendar, locale: Locale) -> str:
    totals = calendar.monthly_totals
    if totals.count(max(totals)) > 1:
        return ""
    month = calendar.months[totals.index(max(totals))]
    activities = locale.counted(max(totals), words.ACTIVITY)
    return locale.say(words.ACTIVITIES_PEAK, month=locale.month(month), activities=activities)


def _without(calendar: ActivityCalendar, locale: Locale) -> str:
    """The months in which one of the formats paused while others went on."""
    totals = calendar.monthly_totals
    for one in classified(calendar.series):
        paused = [
            month
            for month, count, total in zip(calendar.months, one.counts, totals, strict=True)
            if total and not count
        ]
        if sum(one.counts) and 0 < len(paused) <= _MONTHS_NAMED:
            return locale.say(
                words.ACTIVITIES_WITHOUT,
                format=in_sentence(one.label.in_(locale.language)),
                months=locale.listed(locale.month(month) for month in paused),
            )
    return ""
