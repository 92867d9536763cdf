-- How was the energy obtained? The share of each method: measured by a counter, or by which model.
with methods as (
  select method, sum(millijoules::bigint) as energy_millijoules
  from wattledger.fact_emission, jsonb_each_text(energy_by_method) as by_method (method, millijoules)
  where not replay
  group by method
)
select method, energy_millijoules, round(energy_millijoules / nullif(sum(energy_millijoules) over (), 0), 4) as share
from methods
order by energy_millijoules desc, method;
