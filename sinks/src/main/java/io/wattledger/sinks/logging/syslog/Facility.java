package io.wattledger.sinks.logging.syslog;

import java.util.Arrays;
import java.util.Locale;

/** Facilities of RFC 5424, section 6.2.1, that are for programs like this one. */
enum Facility {
    USER(1),
    DAEMON(3),
    LOCAL0(16),
    LOCAL1(17),
    LOCAL2(18),
    LOCAL3(19),
    LOCAL4(20),
    LOCAL5(21),
    LOCAL6(22),
    LOCAL7(23);

    final int code;

    Facility(int code) {
        this.code = code;
    }

    /** As it is written in settings. */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Facility of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }

    static String[] settings() {
        return Arrays.stream(values()).map(Facility::setting).toArray(String[]::new);
    }
}
