-- Which runs emit most? Operational emissions and the share of what making the hardware has emitted.
select run, name, account, project, status, sum(emissions_kg) as emissions_kg, sum(embodied_kg) as embodied_kg,
  sum(energy_millijoules) as energy_millijoules, sum(emissions_micrograms) as emissions_micrograms
from wattledger.fact_emission join wattledger.dim_run using (run, project)
where run not like '\_%'
group by run, name, account, project, status
order by emissions_micrograms desc, run
limit 20;
