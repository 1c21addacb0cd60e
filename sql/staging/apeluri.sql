-- Open calls are compared with nothing outside their own row. One row a row of the sheet apeluri.
select
    apeluri.submission_id,
    apeluri.row_number,
from typed.apeluri
inner join staging.submissions on apeluri.submission_id = submissions.submission_id
