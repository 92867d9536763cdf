-- The ledger's closed rows as they stand, of a table that only grows: the newest revision of each row, without those that were
-- taken back. Standard SQL, for Spark, Trino, DuckDB, Snowflake, BigQuery and others; the star and the questions for PostgreSQL
-- go on top of it by the same names of columns.
create view wattledger.emissions_ledger as
select * from (
  select emissions_history.*,
    row_number() over (
      partition by host, slot_start, run, told_zone, told_pue_thousandths order by revision desc
    ) as age
  from wattledger.emissions_history
) as revisions
where age = 1 and not (run = '_missing' and measured_millis = 0);
