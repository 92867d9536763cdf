package io.wattledger.collector.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 with one client, as far as it is needed for small requests (RFC 9112). Everything has a bound. */
final class HttpConversation {
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]{1,16}) (\\S{1,2048}) HTTP/1\\.([0-9])\r?");
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_HEADERS = 64;
    private static final int LARGEST_BODY = 64 << 10;
    private static final Map<Integer, String> REASONS = Map.of(
            200, "OK",
            201, "Created",
            400, "Bad Request",
            404, "Not Found",
            405, "Method Not Allowed",
            409, "Conflict",
            413, "Content Too Large",
            500, "Internal Server Error",
            501, "Not Implemented");

    /**
     * An answer.
     *
     * @param status status code
     * @param json body
     * @param allow methods that would be, for status 405
     */
    record Answer(int status, String json, @Nullable String allow) {}

    /** Who answers requests. */
    interface Requests {
        Answer answer(String method, String path, byte[] body);
    }

    /** A request that cannot be read, and with it all that might come after it. */
    private static final class BadRequest extends Exception {
        private static final long serialVersionUID = 1L;
        final int status;

        BadRequest(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private final Connection connection;
    private final Requests requests;

    HttpConversation(Connection connection, Requests requests) {
        this.connection = connection;
        this.requests = requests;
    }

    static boolean isRequest(String line) {
        return REQUEST_LINE.matcher(line).matches();
    }

    /** Answers requests, of which the first line has been read, until the client goes away or wants no more. */
    void serve(String firstLine) throws IOException {
        @Nullable String line = firstLine;
        try {
            while (line != null) {
                var request = REQUEST_LINE.matcher(line);
                if (!request.matches()) {
                    throw new BadRequest(400, "Not a request of HTTP/1.1: " + line.strip());
                }
                var headers = headers();
                var body = body(headers);
                var wish = headers.getOrDefault("connection", request.group(3).equals("0") ? "close" : "");
                boolean last = wish.toLowerCase(Locale.ROOT).contains("close");
                var path = request.group(2).split("\\?", 2)[0];
                send(requests.answer(request.group(1), path, body), last);
                line = last ? null : connection.readLine(LONGEST_LINE);
            }
        } catch (BadRequest e) {
            send(new Answer(e.status, RunRequests.error(String.valueOf(e.getMessage())), null), true);
        }
    }

    private Map<String, String> headers() throws IOException, BadRequest {
        var headers = new HashMap<String, String>();
        for (int i = 0; i <= MOST_HEADERS; i++) {
            var line = connection.readLine(LONGEST_LINE);
            if (line == null) {
                throw new IOException("The client is gone in the middle of a request");
            }
            if (line.isBlank()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new BadRequest(400, "Not a header: " + line.strip());
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new BadRequest(400, "More than " + MOST_HEADERS + " headers");
    }

    private byte[] body(Map<String, String> headers) throws IOException, BadRequest {
        if (headers.containsKey("transfer-encoding")) {
            throw new BadRequest(501, "Send the body in one piece, with Content-Length");
        }
        var text = headers.getOrDefault("content-length", "0");
        if (!text.matches("[0-9]{1,18}")) {
            throw new BadRequest(400, "Not a Content-Length: " + text);
        }
        long length = Long.parseLong(text);
        if (length > LARGEST_BODY) {
            throw new BadRequest(413, "A body has at most " + LARGEST_BODY + " bytes, this one " + length);
        }
        if (length > 0 && headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            connection.send("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return connection.read((int) length);
    }

    private void send(Answer answer, boolean last) throws IOException {
        var body = (answer.json + "\n").getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 " + answer.status + " " + REASONS.getOrDefault(answer.status, "") + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + (answer.allow == null ? "" : "Allow: " + answer.allow + "\r\n")
                + (last ? "Connection: close\r\n" : "")
                + "\r\n";
        var headBytes = head.getBytes(StandardCharsets.US_ASCII);
        var whole = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
        System.arraycopy(body, 0, whole, headBytes.length, body.length);
        connection.send(whole);
    }
}
