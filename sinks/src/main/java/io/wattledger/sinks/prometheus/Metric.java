package io.wattledger.sinks.prometheus;

/** What is shown to Prometheus, in its base units. */
enum Metric {
    RUN_ENERGY(
            "wattledger_run_energy_joules_total",
            Kind.COUNTER,
            "IT energy of a run; the highest figure shown so far where a correction has lowered it."),
    RUN_EMISSIONS(
            "wattledger_run_emissions_grams_total",
            Kind.COUNTER,
            "Emissions of a run in grams CO2eq; the highest figure shown so far where a correction has lowered it."),
    RUN_LEDGER_ENERGY(
            "wattledger_run_ledger_energy_joules", Kind.GAUGE, "IT energy of a run as the ledger has it now."),
    RUN_LEDGER_EMISSIONS(
            "wattledger_run_ledger_emissions_grams",
            Kind.GAUGE,
            "Emissions of a run in grams CO2eq as the ledger has them now."),
    RUN_INFO("wattledger_run_info", Kind.INFO, "What a run is called, who started it and in which run."),
    RUN_POWER(
            "wattledger_run_power_watts",
            Kind.GAUGE,
            "IT power of a run on a host on average over the slot in progress; _idle and _other are the host's own."),
    RUN_EMISSION_RATE(
            "wattledger_run_emissions_grams_per_hour",
            Kind.GAUGE,
            "Emissions of a run on a host in grams CO2eq per hour on average over the slot in progress."),
    INTENSITY(
            "wattledger_intensity_grams_per_kwh",
            Kind.GAUGE,
            "Carbon intensity that a host is accounted with, in grams CO2eq per kilowatt-hour."),
    HOST_ENERGY(
            "wattledger_host_hour_energy_joules",
            Kind.GAUGE,
            "IT energy of a host in its newest hour by what it went to: runs, idle, other, missing."),
    HOST_DIFFERENCE(
            "wattledger_host_hour_difference_joules",
            Kind.GAUGE,
            "Energy that was metered on a host in its newest hour and is in no row: 0 in a closed balance."),
    HOST_MISSING("wattledger_host_hour_missing_seconds", Kind.GAUGE, "Time without samples in a host's newest hour."),
    HOST_EMISSIONS(
            "wattledger_host_hour_emissions_grams",
            Kind.GAUGE,
            "Emissions of a host in its newest hour in grams CO2eq.");

    enum Kind {
        COUNTER,
        GAUGE,
        INFO
    }

    private final String series;
    private final Kind kind;
    private final String help;

    Metric(String series, Kind kind, String help) {
        this.series = series;
        this.kind = kind;
        this.help = help;
    }

    /** Its name in queries. */
    String series() {
        return series;
    }

    /** Its name where formats want it without the ending that its kind demands. */
    String family() {
        return switch (kind) {
            case COUNTER -> series.substring(0, series.length() - "_total".length());
            case INFO -> series.substring(0, series.length() - "_info".length());
            case GAUGE -> series;
        };
    }

    Kind kind() {
        return kind;
    }

    boolean isCounter() {
        return kind == Kind.COUNTER;
    }

    String help() {
        return help;
    }
}
