-- What do contracts change? Location-based and market-based emissions of each project, of the rows that have both.
select project, sum(emissions_kg) as location_based_kg, sum(market_emissions_kg) as market_based_kg,
  sum(emissions_micrograms) as location_based_micrograms, sum(market_emissions_micrograms) as market_based_micrograms
from wattledger.fact_emission
where not replay and market_emissions_micrograms is not null
group by project
order by location_based_micrograms desc, project;
