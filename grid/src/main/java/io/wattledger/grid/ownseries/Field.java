package io.wattledger.grid.ownseries;

/** What a row can tell. The setting of each says which column or member it is in. */
enum Field {
    TIME("time", "time", "start of the interval"),
    VALUE("value", "intensity", "carbon intensity"),
    ZONE("zone", "", "the source's own name of the zone; none where all rows are of the one zone that is read"),
    END("end", "", "end of the interval"),
    DURATION("duration", "", "length of the interval: PT1H, 01:00:00, or a whole number of seconds"),
    VERSION("version", "", "stamp of the value, in the same form as the start; the later one of an interval is used"),
    MEASURED("measured", "", "whether the value is measured"),
    ESTIMATED("estimated", "", "whether the value is estimated, the opposite of measured"),
    METHOD("method", "", "how the value was made, in a word"),
    RENEWABLE("renewable.percent", "", "share of renewable electricity in percent"),
    CARBON_FREE("carbon.free.percent", "", "share of carbon-free electricity in percent");

    private final String word;
    private final String usualName;
    private final String meaning;

    Field(String word, String usualName, String meaning) {
        this.word = word;
        this.usualName = usualName;
        this.meaning = meaning;
    }

    /** As messages call it. */
    String word() {
        return word;
    }

    /** The setting that names its column or member. */
    String setting() {
        return OwnSeriesConfig.PREFIX + word + ".field";
    }

    /** What it is called unless the setting says otherwise; empty where rows do not have it. */
    String usualName() {
        return usualName;
    }

    String meaning() {
        return meaning;
    }
}
