-- name: mailing
-- The messages to send, with the addresses of those who get them.
select
  concat('P', cast(mailing.person as varchar)) as person_id,
  people.email as email,
  split_part(people.phone, ';', 1) as phone,
  people.given_name as given_name,
  people.family_name as family_name,
  mailing.language as language,
  mailing.treatment as treatment,
  mailing.channel as channel,
  mailing.day as day,
  case when mailing.language = 'fr' then mailing.reason_fr else mailing.reason_en end as reason
from mailing
join people on people.person = mailing.person
order by mailing.person
