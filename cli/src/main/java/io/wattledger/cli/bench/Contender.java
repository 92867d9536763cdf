package io.wattledger.cli.bench;

import java.util.Map;

/**
 * A connector to be measured.
 *
 * @param name for people
 * @param settings of the connector
 * @param check fails when its target has not got everything
 */
record Contender(String name, Map<String, String> settings, Runnable check) {}
