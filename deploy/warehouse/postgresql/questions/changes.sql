-- What has changed in the ledger between two moments at which it was reported, why, and by whom? Moments are UTC.
with moments as (
  select timestamp '2026-03-10 00:00' as reported, timestamp '2026-04-10 00:00' as reported_again
)
select project, cause, who, why, count(*) as revisions,
  sum(energy_millijoules - coalesce(previous_energy_millijoules, 0)) as energy_change_millijoules,
  sum(emissions_micrograms - coalesce(previous_emissions_micrograms, 0)) as emissions_change_micrograms,
  sum(emissions_micrograms - coalesce(previous_emissions_micrograms, 0)) / 1e9 as emissions_change_kg
from wattledger.emissions_history, moments
where known_at > reported and known_at <= reported_again and host not like 'replay/%'
group by project, cause, who, why
order by project, cause, who, why;
