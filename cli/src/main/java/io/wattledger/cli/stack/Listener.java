package io.wattledger.cli.stack;

import java.util.Locale;

/** What listens in the stack, with the port it has by default. */
enum Listener {
    BROKER(9092),
    REGISTRY(8081),
    CONNECT(8083),
    API(8080);

    private final int defaultPort;

    Listener(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    int defaultPort() {
        return defaultPort;
    }

    /** The name in messages, options and {@code ports.properties}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String option() {
        return "--" + label() + "-port";
    }
}
