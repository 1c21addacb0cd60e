-- Activities of a period, net and gross.
select
    coproductions.net,
    coproductions.gross,
from monitor.coproductions
where coproductions.period_id = $period_id
