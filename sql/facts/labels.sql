-- What each category of each dimension is called.
select
    dimension,
    category,
    label_ro,
    label_en,
from (
    select
        vocabulary as dimension,
        code as category,
        label_ro,
        label_en,
        position,
    from reference.vocabularies

    union all by name

    select
        'programme' as dimension,
        programme_id as category,
        name_ro as label_ro,
        name_en as label_en,
        0 as position,
    from reference.programmes

    union all by name

    select
        'district' as dimension,
        district_code as category,
        name as label_ro,
        name as label_en,
        0 as position,
    from reference.districts

    union all by name

    select
        'partner' as dimension,
        partner_id as category,
        name as label_ro,
        name as label_en,
        0 as position,
    from reference.partners
)
order by dimension, position, category
