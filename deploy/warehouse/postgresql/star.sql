-- The star: one fact, emissions of a run on a host in a slot, and what it can be grouped by. These are views; what reports ask
-- for often can be a materialized view of the same text. The only arithmetic is between units: 1 kWh = 3.6e9 mJ,
-- 1 kg = 1e9 µg, 1 l = 1e6 µl.
set search_path to wattledger;

create view fact_emission as
select
  run,
  host,
  project,
  zone,
  slot_start::date as day,
  slot_start at time zone 'UTC' as slot_start,
  -- Replayed recordings count for their run, not for a project, zone or day.
  host like 'replay/%' as replay,
  energy_millijoules,
  facility_energy_millijoules,
  band_millijoules,
  emissions_micrograms,
  market_emissions_micrograms,
  embodied_micrograms,
  on_site_water_microlitres,
  source_water_microlitres,
  energy_millijoules / 3.6e9 as energy_kwh,
  facility_energy_millijoules / 3.6e9 as facility_energy_kwh,
  emissions_micrograms / 1e9 as emissions_kg,
  market_emissions_micrograms / 1e9 as market_emissions_kg,
  embodied_micrograms / 1e9 as embodied_kg,
  on_site_water_microlitres / 1e6 as on_site_water_l,
  source_water_microlitres / 1e6 as source_water_l,
  intensity_micrograms_per_kwh / 1e6 as intensity_g_per_kwh,
  rung,
  energy_by_method,
  measured_millis,
  revision,
  known_at at time zone 'UTC' as known_at
from emissions_ledger;

-- Also of _idle, _other and _missing, to which the energy of a host is booked that is no run's.
create view dim_run as
select run, project, name, "user" as account, parent_run, labels, hosts, zone as first_zone,
  started at time zone 'UTC' as started, finished at time zone 'UTC' as finished, status, exit_code, functional_unit, functional_units
from run_emissions
union all
select run, '_host', meaning, null, null, '{}', '[]', null, null, null, null, null, null, null
from (values
  ('_idle', 'energy of hosts that did nothing'),
  ('_other', 'energy of what is no run'),
  ('_missing', 'energy that no sample told')) as pseudo (run, meaning);

create view dim_host as
select host, cpu_model, cpu_sockets, cpu_logical, cpu_tdp_milliwatts / 1e3 as cpu_tdp_w, memory_bytes, gpus, sensors,
  operating_system, provider, region, instance_type, contract, collector_version, seen at time zone 'UTC' as seen
from hosts;

create view dim_project as
select project from daily_emissions
union
select project from run_emissions;

-- A zone of which nobody has published an annual intensity goes by its id.
create view dim_zone as
select zone, coalesce(name, zone) as name, parent_zone
from (select zone from daily_emissions union select zone from run_emissions union select zone from grid_defaults) as known
left join (
  select distinct on (zone) zone, name, parent_zone from grid_defaults order by zone, year desc, series
) as named using (zone);

create table dim_day as
select
  day::date as day,
  extract(year from day)::integer as year,
  extract(quarter from day)::integer as quarter,
  extract(month from day)::integer as month,
  to_char(day, 'YYYY-MM') as year_month,
  to_char(day, 'IYYY-"W"IW') as iso_week,
  extract(isodow from day)::integer as iso_weekday
from generate_series(timestamp '2020-01-01', timestamp '2049-12-31', interval '1 day') as day;
alter table dim_day add primary key (day);

-- The closed rows of the ledger as they were known at a moment, taken-back ones left out.
create function ledger_as_of(moment timestamptz) returns setof emissions_history language sql stable as $$
  select * from (
    select distinct on (host, slot_start, run, told_zone, told_pue_thousandths) *
    from wattledger.emissions_history
    where known_at <= moment at time zone 'UTC'
    order by host, slot_start, run, told_zone, told_pue_thousandths, revision desc
  ) as newest
  where not (run = '_missing' and measured_millis = 0)
$$;
