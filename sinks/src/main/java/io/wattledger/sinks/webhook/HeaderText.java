package io.wattledger.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * Text in a header, percent-encoded as the HTTP binding of CloudEvents 1.0 has it (3.1.3.2): space, double quote, percent and
 * whatever is not printable ASCII, as UTF-8.
 */
final class HeaderText {
    private HeaderText() {}

    static String encoded(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(UTF_8)) {
            if (octet > ' ' && octet <= '~' && octet != '"' && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", octet));
            }
        }
        return encoded.toString();
    }
}
