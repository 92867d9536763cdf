-- What did each project emit in each month?
select year_month, project, sum(energy_kwh) as energy_kwh, sum(emissions_kg) as emissions_kg,
  sum(energy_millijoules) as energy_millijoules, sum(emissions_micrograms) as emissions_micrograms
from wattledger.fact_emission join wattledger.dim_day using (day)
where not replay
group by year_month, project
order by year_month, emissions_micrograms desc, project;
