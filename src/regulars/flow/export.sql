-- name: identity
-- Which record is which person.
select r.source, r.source_key, {of_identity} as person_id
from identity i
inner join records r on r.record = i.record
order by r.source, r.source_key

-- name: orders
-- Every order line of every source, also the evidence; amounts in units of the line's own currency.
select
    l.source, o.order_space, o.order_id, l.line, {line_day} as day, {sold_at} as sold_at, r.source_key as customer_key,
    case when i.person is not null then {of_identity} end as person_id,
    l.product_id, l.product_name, l.category, l.quantity,
    l.paid / coalesce(u.minor, 100.0) as paid,
    l.discount / coalesce(u.minor, 100.0) as discount,
    l.tax / coalesce(u.minor, 100.0) as tax,
    l.shipping / coalesce(u.minor, 100.0) as shipping,
    l.currency, l.store, l.channel, l.payment, l.coupon, l.status, l.line_kind, l.is_return
from order_lines l
inner join order_ids o on o.order_no = l.order_no
left join currency_units u on u.currency = l.currency
left join records r on r.record = l.record
left join identity i on i.record = l.record
order by l.source, l.import_id, l.line

-- name: people
-- The golden card of everybody.
select {person_of_card} as person_id, {card}, {consents}, records, {household} as household_id
from people p
left join household_members h on h.person = p.person and h.until_us is null
order by p.person

-- name: households
-- Who lives together.
select {household} as household_id, {person_of_member} as person_id
from household_members h
where h.until_us is null
order by h.household, h.person

-- name: indicators
-- Every indicator of everybody, in the units that people read.
select {person} as person_id, {as_of} as as_of, {indicators}
from indicators

-- name: profiles
-- The golden card, every indicator, and where somebody stands on the ladder.
select
    {person_of_card} as person_id, {card}, {consents}, records, {as_of} as as_of, {indicators},
    l.rung, l.next_step, s.en as next_step_en, s.fr as next_step_fr, {household} as household_id
from people p
inner join indicators i on i.person = p.person
inner join (select person, rung, next_step from profiles) as l on l.person = p.person
left join next_steps s on s.name = l.next_step
left join household_members h on h.person = p.person and h.until_us is null
order by p.person

-- name: predictions
-- What may come of everybody: the next order, within which days, and what the time to come is worth.
select
    {person} as person_id, {as_of} as as_of, enough_data,
    {next_order_day} as next_order_day, {next_order_low} as next_order_low, {next_order_high} as next_order_high,
    no_order_30d, no_order_90d, expected_orders_90d,
    {expected_spend_90d} as expected_spend_90d, {value_365d} as value_365d,
    {value_365d_low} as value_365d_low, {value_365d_high} as value_365d_high
from predictions
order by person

-- name: recommendations
-- What everybody may buy next, and why.
select {person} as person_id, list, rank, product_id, product_name, reason_en as reason, reason_fr
from said
order by person, list, rank

-- name: outside
-- What is known of everybody from outside: of them (person), or of the area they live in.
select {person} as person_id, source, about, field, number, text
from outside
order by person, source, field

-- name: to_ask
-- One question a customer, those worth most first.
select
    {person} as person_id, p.given_name, p.family_name, p.phone, p.email, p.loyalty_card,
    a.question, q.words_en as words, q.words_fr, a.place as met_at, a.location,
    {expected_day} as expected_day, a.worth / {unit}.0 as worth
from to_ask as a
inner join questions as q on q.question = a.question
inner join called as p on p.person = a.person
order by a.worth desc, a.person

-- name: segments
-- Who is in which segment.
select segment, {person} as person_id
from segments
order by segment, person

-- name: personas
-- Which kind of customer each buyer is.
select {person} as person_id, p.persona, c.title_en as persona_en, c.title_fr as persona_fr
from personas as p
inner join persona_cards as c on c.persona = p.persona
order by p.person

-- name: assortment
-- What to sell, of the shop, of each store, of each persona and of each persona in each store, and why.
select
    scope, store, persona, kind, how, of, rank, key, name, sure, other_key, other_name, people as had_by, share, alike, low, high, lift,
    chance, worth_a_year / {unit}.0 as worth_a_year, reason_en as reason, reason_fr
from assortment
order by scope, store nulls first, persona nulls first, kind, rank

-- name: importance
-- What bundles of indicators, indicators and fields add: to foretelling an outcome, and to who is in a segment.
select what, w.name, on_what, segment, adds, low, high, low > 0 as matters, shuffled, q.words, q.words_fr
from (
    select what, name, outcome as on_what, cast(null as varchar) as segment, fall as adds, low, high, members as shuffled
    from importance_worths
    union all
    select what, name, 'segment' as on_what, segment, changed as adds, low, high, columns as shuffled
    from importance_segments
) as w
left join questions as q on q.name = w.name and w.what <> 'field'
order by what, on_what, segment nulls first, adds desc, w.name

-- name: voice_products
-- Of each article (none: the shop) and theme (none: as a whole), how many texts praise and complain.
select
    v.product_id, v.theme, t.title_en as theme_en, t.title_fr as theme_fr, v.texts, v.stars, v.praised, v.complained,
    v.asked, v.complained_share, v.complained_low, v.complained_high
from voice_products as v
left join voice_themes as t on t.theme = v.theme
order by v.product_id nulls first, v.texts desc, v.theme nulls first

-- name: voice_people
-- What each person said in the last year.
select
    {person} as person_id, sentiment, texts_365d, praises_365d, complaints_365d,
    {last_complaint_day} as last_complaint_day
from voice_people
order by person

-- name: voice_examples
-- Sentences that praise, complain or ask, in their writers' words.
select product_id, theme, tone, place, {person} as person_id, {day} as day, language, sentence
from voice_examples
order by product_id nulls first, theme nulls first, tone, place

-- name: memberships
-- Who is or was in which segment, from which evening to which.
select segment, {person} as person_id, {since} as since, {until} as until
from memberships
order by segment, person, since

-- name: decisions
-- What was planned for whom on which day, and why.
select
    {person} as person_id, {day} as day, treatment, channel, chosen, holdout,
    reason_en as reason, reason_fr, language
from decisions
order by decisions.day, person

-- name: consents
-- Every consent fact of every record.
select
    case when i.person is not null then {of_identity} end as person_id, r.source, r.source_key,
    c.channel, c.purpose, c.state, c.basis, c.proof, {given_at} as at, {expires} as expires
from consents c
inner join records r on r.record = c.record
left join identity i on i.record = c.record
order by r.source, r.source_key, c.at_us, c.fact

-- name: rejects
-- The rows that wait to be mended.
select reject_id, import_id, file, line, "column", reason, raw,
    coalesce(reason_fr, reason) as reason_fr
from rejects
where replayed_by is null
order by reject_id

-- name: touchpoints
-- Where the shop meets people.
select
    name as touchpoint, location, sources, events, people, known_share,
    {revenue_365d} as revenue_365d, {revenue_touched_365d} as revenue_touched_365d,
    {first_day} as first_day, {last_day} as last_day, days, silent_days, silent, gap_days, {gap_until} as gap_until
from touchpoints
order by touchpoint, location

-- name: journeys
-- The way of everybody to each of their orders: every touch since the order before it, from the first (`touch` 1) to the
-- last (`touch` = `touches`), and the touches since the last order, of which no order came yet. An order that nothing is
-- known to have led to has one row, without a touch.
with ways as (
    select
        s.person, s.at_us, s.day, s.event, s.channel, s.campaign, s.order_no,
        row_number() over (
            partition by s.person, s.order_no
            order by s.at_us asc, s.event asc, s.channel asc nulls last, s.campaign asc nulls last
        ) as touch,
        count(*) over (partition by s.person, s.order_no) as touches
    from steps_to_orders as s
    union all
    select
        o.person, null as at_us, null as day, null as event, null as channel, null as campaign, o.order_no,
        null as touch, 0 as touches
    from orders as o
    left join (select distinct person, order_no from steps_to_orders) as s
        on s.person = o.person and s.order_no = o.order_no
    where s.order_no is null
)
select
    {person} as person_id, i.order_space, i.order_id, {ordered_at} as ordered_at, {paid} as paid,
    w.touch, w.touches, {touched_at} as touched_at, w.event, w.channel, w.campaign, o.day - w.day as days_before
from ways as w
left join orders as o on o.person = w.person and o.order_no = w.order_no
left join order_ids as i on i.order_no = w.order_no
order by w.person, coalesce(o.sold_at_us, 9223372036854775807), w.order_no, w.touch
