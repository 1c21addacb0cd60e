-- What each category of each dimension is called.
select
    dimension,
    category,
    label_ro,
    label_en,
from (
    select
        coalesce(elements.dimension, vocabularies.vocabulary) as dimension,
        vocabularies.code as category,
        vocabularies.label_ro,
        vocabularies.label_en,
        vocabularies.position,
    from reference.vocabularies
    -- A split by the elements of a list is named after one of them.
    left join (
        values
        ('themes', 'theme'),
        ('target_groups', 'target_group'),
        ('cross_sectors', 'cross_sector'),
        ('green_measures', 'green_measure'),
        ('countries', 'country'),
        ('partner_sector', 'sector')
    ) as elements (vocabulary, dimension)
        on vocabularies.vocabulary = elements.vocabulary

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
