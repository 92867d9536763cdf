package io.wattledger.sinks.csv;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from taking a name that somebody has given to a run for a formula: such a field gets an apostrophe
 * before it, as OWASP recommends. Numbers stay as they are.
 */
final class FormulaGuard {
    private static final String BEGINNINGS = "=+-@\t\r\n";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private FormulaGuard() {}

    static List<String> disarmed(List<String> fields) {
        return fields.stream().map(FormulaGuard::disarmed).toList();
    }

    private static String disarmed(String field) {
        boolean begins = !field.isEmpty() && BEGINNINGS.indexOf(field.charAt(0)) >= 0;
        return begins && !NUMBER.matcher(field).matches() ? "'" + field : field;
    }
}
