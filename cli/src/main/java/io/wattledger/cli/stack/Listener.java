package io.wattledger.cli.stack;

import java.util.Locale;

/** What listens in the stack, with the port it has by default. */
enum Listener {
    BROKER("Kafka broker", 9092),
    REGISTRY("schema registry", 8081),
    CONNECT("Connect worker", 8083),
    API("ledger", 8080);

    private final String title;
    private final int defaultPort;

    Listener(String title, int defaultPort) {
        this.title = title;
        this.defaultPort = defaultPort;
    }

    int defaultPort() {
        return defaultPort;
    }

    /** The name in messages. */
    String title() {
        return title;
    }

    /** The name in options and {@code ports.properties}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String option() {
        return "--" + label() + "-port";
    }
}
