-- One row an open call, as its partner reported it last. It belongs to the day on which it closed.
select
    calls.call_id,
    stored_rows.partner_id as partner,
    stored_rows.submission_id,
    calls.row_number,
    calls.call_title as title,
    coalesce(calls.programme, 'not_stated') as programme,
    calls.closed_on,
    strftime(calls.closed_on, '%Y-M%m') as closed_in,
    coalesce(calls.is_in_situ, false) as is_in_situ,
    calls.applications_received as applications,
    calls.applicants_unique as applicants,
    calls.applications_eligible as eligible,
    calls.applications_withdrawn as withdrawn,
    calls.applications_selected,
    calls.applicants_selected,
from typed.apeluri as calls
inner join quality.stored_rows
    on
        stored_rows.sheet = 'apeluri'
        and calls.submission_id = stored_rows.submission_id
        and calls.row_number = stored_rows.row_number
qualify
    row_number() over (
        partition by stored_rows.partner_id, calls.call_id
        order by stored_rows.seq desc, calls.row_number desc
    ) = 1
