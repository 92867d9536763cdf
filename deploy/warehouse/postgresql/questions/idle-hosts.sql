-- Which hosts burn their energy doing nothing?
select host, cpu_model, sum(energy_kwh) as energy_kwh,
  sum(energy_millijoules) as energy_millijoules,
  coalesce(sum(energy_millijoules) filter (where run = '_idle'), 0) as idle_millijoules,
  round(coalesce(sum(energy_millijoules) filter (where run = '_idle'), 0) / nullif(sum(energy_millijoules), 0), 4) as idle_share
from wattledger.fact_emission left join wattledger.dim_host using (host)
where not replay
group by host, cpu_model
order by idle_share desc, host;
