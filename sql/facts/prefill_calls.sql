-- Open calls that a partner reported before and that close only when the new period has begun.
-- Only what seldom changes, never a number.
select
    reported.call_id,
    reported.call_title,
    reported.programme,
    reported.opened_on,
    reported.closed_on,
    reported.is_in_situ,
    reported.venue_name,
    reported.team_call,
from typed.apeluri as reported
inner join clean.open_calls
    on
        reported.submission_id = open_calls.submission_id
        and reported.row_number = open_calls.row_number
where
    open_calls.partner = $partner_id
    and reported.opened_on < $starts_on
    and reported.closed_on >= $starts_on
order by reported.opened_on, reported.call_id
