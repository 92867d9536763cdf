-- The tables that the connector writes: one for each topic, its newest record of each key as a row. Amounts are the integers
-- of the ledger, in the unit that the name of the column ends with; timestamps are UTC, whatever the time zone of a session. Run this as the user that the connector logs in as:
--   psql -d wattledger -U wattledger -f tables.sql -f star.sql
create schema wattledger;
set search_path to wattledger;

-- Energy and emissions of each run on each host in each slot; topic emissions-ledger. A row of which the slot is open
-- (revision 0) changes every few seconds, a restated one comes again with the next revision.
create table emissions_ledger (
  run text not null,
  host text not null,
  slot_start timestamp(3) not null,
  -- Zone and PUE that the collector told; zone and pue_thousandths are those that a correction has put right.
  told_zone text not null,
  told_pue_thousandths integer not null,
  slot_length_millis bigint not null,
  zone text not null,
  pue_thousandths integer not null,
  project text not null,
  energy_millijoules bigint not null,
  cpu_energy_millijoules bigint not null,
  gpu_energy_millijoules bigint not null,
  ram_energy_millijoules bigint not null,
  other_energy_millijoules bigint not null,
  energy_by_method jsonb,
  band_millijoules bigint not null,
  cpu_time_nanos bigint not null,
  measured_millis bigint,
  facility_energy_millijoules bigint not null,
  intensity_micrograms_per_kwh bigint not null,
  rung text not null,
  intensity_zone text not null,
  intensity_zone_name text not null,
  intensity_year integer not null,
  intensity_method text not null,
  intensity_source text not null,
  intensity_version timestamp(3),
  emissions_micrograms bigint not null,
  cpu_emissions_micrograms bigint not null,
  gpu_emissions_micrograms bigint not null,
  ram_emissions_micrograms bigint not null,
  other_emissions_micrograms bigint not null,
  market_intensity_micrograms_per_kwh bigint,
  market_basis text,
  market_year integer,
  market_source text,
  market_emissions_micrograms bigint,
  on_site_water_microlitres bigint,
  on_site_water_source text,
  source_water_microlitres bigint,
  source_water_source text,
  embodied_micrograms bigint,
  embodied_source text,
  market_contract_millijoules bigint,
  market_residual_mix_millijoules bigint,
  market_location_millijoules bigint,
  revision integer not null,
  known_at timestamp(3) not null,
  sealed boolean,
  record_offset bigint not null,
  primary key (host, slot_start, run, told_zone, told_pue_thousandths)
);
create index emissions_ledger_run on emissions_ledger (run);
create index emissions_ledger_slot_start on emissions_ledger (slot_start);

-- Every revision of every row of which the slot has closed; topic emissions-history.
create table emissions_history (
  like emissions_ledger,
  cause text not null,
  replaces_revision integer,
  previous_energy_millijoules bigint,
  previous_intensity_micrograms_per_kwh bigint,
  previous_emissions_micrograms bigint,
  previous_intensity_source text,
  previous_zone text,
  previous_pue_thousandths integer,
  who text,
  why text,
  primary key (host, slot_start, run, told_zone, told_pue_thousandths, revision)
);
create index emissions_history_known_at on emissions_history (known_at);

-- Each run with its totals; topic run-emissions.
create table run_emissions (
  run text primary key,
  project text not null,
  name text,
  labels jsonb,
  "user" text,
  parent_run text,
  hosts jsonb,
  zone text not null,
  started timestamp(3),
  finished timestamp(3),
  exit_code integer,
  status text not null,
  energy_millijoules bigint not null,
  facility_energy_millijoules bigint not null,
  cpu_energy_millijoules bigint not null,
  gpu_energy_millijoules bigint not null,
  ram_energy_millijoules bigint not null,
  other_energy_millijoules bigint not null,
  energy_by_method jsonb,
  band_millijoules bigint not null,
  cpu_time_nanos bigint not null,
  measured_millis bigint,
  duration_millis bigint,
  emissions_micrograms bigint not null,
  cpu_emissions_micrograms bigint not null,
  gpu_emissions_micrograms bigint not null,
  ram_emissions_micrograms bigint not null,
  other_emissions_micrograms bigint not null,
  market_emissions_micrograms bigint,
  on_site_water_microlitres bigint,
  source_water_microlitres bigint,
  embodied_micrograms bigint,
  market_contract_millijoules bigint,
  market_residual_mix_millijoules bigint,
  market_location_millijoules bigint,
  functional_unit text,
  functional_units bigint,
  sci_micrograms_per_unit bigint,
  intensities jsonb,
  revision integer,
  known_at timestamp(3) not null,
  record_offset bigint not null
);

-- Totals of each project in each zone on each day; topic daily-emissions.
create table daily_emissions (
  day text not null,
  project text not null,
  zone text not null,
  energy_millijoules bigint not null,
  facility_energy_millijoules bigint not null,
  cpu_energy_millijoules bigint not null,
  gpu_energy_millijoules bigint not null,
  ram_energy_millijoules bigint not null,
  other_energy_millijoules bigint not null,
  energy_by_method jsonb,
  band_millijoules bigint not null,
  cpu_time_nanos bigint not null,
  emissions_micrograms bigint not null,
  cpu_emissions_micrograms bigint not null,
  gpu_emissions_micrograms bigint not null,
  ram_emissions_micrograms bigint not null,
  other_emissions_micrograms bigint not null,
  market_emissions_micrograms bigint,
  on_site_water_microlitres bigint,
  source_water_microlitres bigint,
  embodied_micrograms bigint,
  market_contract_millijoules bigint,
  market_residual_mix_millijoules bigint,
  market_location_millijoules bigint,
  intensities jsonb,
  known_at timestamp(3) not null,
  record_offset bigint not null,
  primary key (day, project, zone)
);

-- The balance of each host in each hour; topic host-hours.
create table host_hours (
  host text not null,
  hour timestamp(3) not null,
  runs_millijoules bigint not null,
  idle_millijoules bigint not null,
  other_millijoules bigint not null,
  missing_millijoules bigint not null,
  sampled_millijoules bigint,
  metered_millijoules bigint not null,
  difference_millijoules bigint,
  missing_millis bigint not null,
  emissions_micrograms bigint not null,
  known_at timestamp(3) not null,
  record_offset bigint not null,
  primary key (host, hour)
);

-- What each host is; topic hosts.
create table hosts (
  host text primary key,
  cpu_model text not null,
  cpu_sockets integer not null,
  cpu_logical integer not null,
  cpu_tdp_milliwatts bigint,
  cpu_tdp_match text,
  memory_bytes bigint not null,
  gpus jsonb,
  sensors jsonb,
  operating_system text not null,
  provider text,
  region text,
  instance_type text,
  embodied_grams bigint,
  lifetime_millis bigint,
  embodied_source text,
  water_millilitres_per_kwh bigint,
  contract text,
  collector_version text not null,
  seen timestamp(3) not null,
  record_offset bigint not null
);

-- Annual intensities, which also name the zones; topic grid-defaults.
create table grid_defaults (
  series text not null,
  zone text not null,
  year integer not null,
  name text not null,
  intensity_micrograms_per_kwh bigint not null,
  method text not null,
  source text not null,
  licence text not null,
  parent_zone text,
  record_offset bigint not null,
  primary key (series, zone, year)
);

-- A record that is delivered a second time, by a task that has not heard yet that another one has its partition, must not
-- replace a newer one. All records of a key are in one partition, so their offsets are their order; no clock is asked.
create function leave_as_it_is() returns trigger language plpgsql as 'begin return null; end';

create trigger newest before update on emissions_ledger for each row
  when (new.record_offset < old.record_offset) execute function leave_as_it_is();
create trigger newest before update on emissions_history for each row
  when (new.record_offset < old.record_offset) execute function leave_as_it_is();
create trigger newest before update on run_emissions for each row
  when (new.record_offset < old.record_offset) execute function leave_as_it_is();
create trigger newest before update on daily_emissions for each row
  when (new.record_offset < old.record_offset) execute function leave_as_it_is();
create trigger newest before update on host_hours for each row
  when (new.record_offset < old.record_offset) execute function leave_as_it_is();
create trigger newest before update on hosts for each row
  when (new.record_offset < old.record_offset) execute function leave_as_it_is();
create trigger newest before update on grid_defaults for each row
  when (new.record_offset < old.record_offset) execute function leave_as_it_is();
