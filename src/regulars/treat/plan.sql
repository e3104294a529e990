-- name: refused
-- Whether anybody with the same address said no to the channel.
coalesce(
  {address} in (select {address} from profiles where consent_{channel} in ('denied', 'withdrawn') and {address} is not null),
  false
)

-- name: consent
-- The state of consent for a channel: a no with its quarter of an hour, or `shared` for that of somebody else. A no that
-- its file does not date has that of its import behind `#`; one with its own date has it behind `@`.
case
  when consent_{channel} in ('denied', 'withdrawn') then
    consent_{channel} || coalesce(
      case json_extract_string(consent_provenance, '$.{channel}.dated') when 'false' then '#' else '@' end
      || cast(cast(json_extract_string(consent_provenance, '$.{channel}.at_us') as bigint) // {quarter_us} as varchar), ''
    )
  when consent_{channel} = 'granted' and {refused} then 'shared'
  else coalesce(consent_{channel}, 'unknown')
end

-- name: candidates
-- Those whom one treatment fits, with the channel for each of them, and their consents to its channels.
select
  person, {rank} as rank, {bit} as bit, '{treatment}' as treatment, {cap_days} as cap_days,
  {channel} as channel, {consents} as consents
from plan_people
where fits_{rank}

-- name: past
-- When each treatment was last chosen for each person, and when anything was, before the day of this plan. People in a
-- control group count as everybody else does: their days must go by as those of the others do, or the two groups
-- could not be compared.
select person, treatment, max(day) as day
from past_decisions
where chosen and day < $day
group by person, treatment

-- name: standing
-- Each treatment that fits a person, and what holds it back: no channel that may be used, its cap, or a message too
-- recent.
select
  candidates.person as person,
  candidates.rank as rank,
  candidates.bit as bit,
  candidates.channel as channel,
  candidates.consents as consents,
  own.day as own_day,
  latest.day as latest_day,
  case
    when candidates.channel = '' then 'unreachable'
    when $day - own.day < candidates.cap_days then 'capped'
    when $day - latest.day < $days_between then 'recent'
    else 'open'
  end as state
from plan_candidates as candidates
left join plan_past as own on own.person = candidates.person and own.treatment = candidates.treatment
left join (select person, max(day) as day from plan_past group by person) as latest
  on latest.person = candidates.person

-- name: outcomes
-- One row a person: the first treatment that nothing holds back, else the first that fits and why it is held back,
-- else nothing. `reason` is a key that holds all that the sentence of the reason needs, and no more, so that there are
-- few of them however many people there are.
with best as (
  select
    person,
    coalesce(min(case when state = 'open' then rank end), min(rank)) as rank,
    cast(sum(bit) as bigint) as fits
  from plan_standing
  group by person
)
select
  people.person as person,
  people.language as language,
  standing.rank as rank,
  nullif(standing.channel, '') as channel,
  coalesce(standing.state = 'open', false) as chosen,
  case standing.state
    when 'open' then 'open|' || standing.rank || '|' || standing.channel || '|' || best.fits
    when 'capped' then 'capped|' || standing.rank || '|' || standing.own_day
    when 'recent' then 'recent|' || standing.rank || '|' || standing.latest_day
    when 'unreachable' then 'unreachable|' || standing.rank || '|' || standing.consents
    else case when people.crowd then 'crowd' else 'none' end
  end as reason
from plan_people as people
left join best on best.person = people.person
left join plan_standing as standing on standing.person = best.person and standing.rank = best.rank
order by people.person
