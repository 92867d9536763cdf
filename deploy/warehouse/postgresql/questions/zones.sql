-- Where is it emitted, and how carbon-intensive is the electricity there?
select zone, name, sum(emissions_kg) as emissions_kg,
  round(sum(emissions_micrograms) / nullif(sum(facility_energy_kwh), 0) / 1e6, 3) as average_g_per_kwh,
  sum(energy_millijoules) as energy_millijoules, sum(emissions_micrograms) as emissions_micrograms
from wattledger.fact_emission join wattledger.dim_zone using (zone)
where not replay
group by zone, name
order by emissions_micrograms desc, zone;
