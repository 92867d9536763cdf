package io.wattledger.cli.stack;

import java.util.Map;

/** A connector by name, with its settings as Kafka Connect takes them. */
record Connector(String name, Map<String, String> settings) {}
