-- How text from a workbook becomes a value. What cannot be understood becomes null, never a guess:
-- the checks see text beside a null and ask. Each macro is one rule, used by checks and figures alike.

-- Letters without case, accents or doubled blanks, so that „Față în faţă” and "fata in fata" meet.
create or replace macro fold(found) as
    lower(strip_accents(regexp_replace(trim(found), '\s+', ' ', 'g')));

-- 1200, 1.200 and 1200,0 are the same whole number. 1.5 is not understood (a thousand? one and a half?)
-- and neither is 1,000, which is one in Romanian and a thousand in English.
-- Nothing that is counted here has more than twelve digits, and sums of such numbers never overflow.
create or replace macro as_integer(found) as
    case
        when regexp_full_match(found, '-?(\d{1,12}|\d{1,3}(\.\d{3}){1,3})(,00?)?')
            then try_cast(replace(split_part(found, ',', 1), '.', '') as bigint)
    end;

-- Money and hours: a comma before the decimals, points between thousands. Three decimals would be a
-- thousand in English, so only what begins with 0, is understood; formulas leave more than three.
create or replace macro as_decimal(found) as
    case
        when regexp_full_match(found, '-?(\d{1,12}|\d{1,3}(\.\d{3}){1,3})(,\d{1,2})?')
            then try_cast(replace(replace(found, '.', ''), ',', '.') as decimal(18, 2))
        when regexp_full_match(found, '-?(0,\d{3}|\d{1,12},\d{4,})')
            then try_cast(replace(found, ',', '.') as decimal(18, 2))
    end;

-- 2020-03-17, 17.03.2020, 17/03/2020 and 17-03-2020; the day comes first, as it is written in Romania.
-- What spreadsheets keep of an hour beside the day says nothing about the day.
create or replace macro as_date(found) as
    case
        when regexp_full_match(found, '\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?') then try_cast(left(found, 10) as date)
        when regexp_full_match(found, '\d{1,2}[./-]\d{1,2}[./-]\d{4}')
            then try_strptime(translate(found, '/-', '..'), '%d.%m.%Y')::date
    end;

-- da, nu, yes, no; true and false as spreadsheets write them.
create or replace macro as_boolean(found) as
    case
        when fold(found) in ('da', 'yes', 'true', 'adevarat', '1', 'x') then true
        when fold(found) in ('nu', 'no', 'false', 'fals', '0') then false
    end;

-- Address forms that can be used, and no more than that.
create or replace macro as_email(found) as
    case when regexp_full_match(found, '[^@\s]+@[^@\s]+\.[A-Za-z]{2,}') then found end;

create or replace macro as_url(found) as
    case when regexp_full_match(found, 'https?://\S+') then found end;

-- One word of a list, by its code or by its label in either language. words: folded word to code.
create or replace macro as_choice(found, words) as
    words[fold(found)];

-- What people write into a cell to which they have no answer, or one that refers to another cell.
create or replace macro says_nothing(found) as
    regexp_full_match(
        fold(found),
        '[^\p{L}\p{N}]*|n\.?\s?[/.]?\s?a\.?|nu( e| este|-i) cazul\.?|(not|non) applicable'
        '|idem|ditto|la fel|ca mai sus|vezi mai sus|same|as above|see above'
    );

-- The same where names are listed: no organisation, city or school is called so.
create or replace macro is_no_name(found) as
    says_nothing(found)
    or fold(found) in ('nu', 'nu am', 'nu avem', 'niciunul', 'niciuna', 'fara', 'nimic', 'no', 'none', '0', 'x');

-- How a code reads when capitals, dashes, blanks and zeros before it do not matter: 7, 007 and 7.0.
create or replace macro bare_code(found) as
    ltrim(regexp_replace(regexp_replace(fold(found), '\.0+$', ''), '[^a-z0-9]+', '-', 'g'), '0');

-- Several words of a list with ; between them. Null as soon as one of them is not understood.
-- Asked of a table of words: in the list functions of DuckDB the whole map is copied for every word.
create or replace macro as_choices(found, words) as (
    select case when bool_and(code is not null) then list(code order by place) end
    from (
        select
            place,
            words[trim(word)] as code
        from unnest(split(fold(found), ';')) with ordinality as written(word, place)
        where trim(word) <> ''
    )
);
