package io.wattledger.cli.terminal;

/**
 * Commands that end soon log nothing: they tell the user what there is to tell. Processes that stay log to standard
 * error, one line per event.
 */
public final class Logging {
    private static final String CONFIGURATION = "log4j2.configurationFile";

    private Logging() {}

    /** For processes that stay; to be called before the first logger is made. A configuration of the user's own wins. */
    public static void toStandardError() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "wattledger-process-log4j2.properties");
        }
    }
}
