-- How sure are the figures? The error band of the energy, and on which kind of carbon intensity each project rests.
select project, rung, sum(energy_millijoules) as energy_millijoules, sum(band_millijoules) as band_millijoules,
  round(100.0 * sum(band_millijoules) / nullif(sum(energy_millijoules), 0), 1) as band_percent,
  round(sum(energy_millijoules) / nullif(sum(sum(energy_millijoules)) over (partition by project), 0), 4) as share_of_project
from wattledger.fact_emission
where not replay
group by project, rung
order by project, energy_millijoules desc, rung;
