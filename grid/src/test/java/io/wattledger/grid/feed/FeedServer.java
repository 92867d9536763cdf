package io.wattledger.grid.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** A local service that answers as the test says, well or badly. */
public final class FeedServer implements AutoCloseable {
    /** What was asked: the path without the query, the query decoded, and the headers, names in small letters. */
    public record Question(String path, Map<String, String> query, Map<String, String> headers) {}

    /** What is answered. A {@code slow} answer does not end before the server does. */
    public record Answer(int status, Map<String, String> headers, byte[] body, boolean cutOff, boolean slow) {
        public static Answer json(String body) {
            return of(200, body);
        }

        public static Answer of(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8), false, false);
        }

        public static Answer bytes(byte[] body) {
            return new Answer(200, Map.of(), body, false, false);
        }

        public static Answer redirect(String to) {
            return of(302, "").with("Location", to);
        }

        public Answer with(String header, String value) {
            var more = new HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, more, body, cutOff, slow);
        }

        public Answer gzip() {
            var packed = new ByteArrayOutputStream();
            try (var out = new GZIPOutputStream(packed)) {
                out.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Answer(status, headers, packed.toByteArray(), cutOff, slow).with("Content-Encoding", "gzip");
        }

        /** The connection ends in the middle of the body. */
        public Answer thatIsCutOff() {
            return new Answer(status, headers, body, true, slow);
        }

        /** The headers and half of the body come, the rest never. */
        public Answer thatIsSlow() {
            return new Answer(status, headers, body, cutOff, true);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final Deque<Answer> first = new ArrayDeque<>();
    private volatile Function<Question, Answer> service = question -> Answer.of(404, "{}");

    private FeedServer(HttpServer server) {
        this.server = server;
    }

    public static FeedServer start() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new FeedServer(http);
            http.setExecutor(server.threads);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** What it answers from now on. */
    public void serve(Function<Question, Answer> answers) {
        service = answers;
    }

    /** What it answers to the next questions, one each, before it goes on as before. */
    public synchronized void first(Answer... answers) {
        first.addAll(List.of(answers));
    }

    /** All that was asked so far. */
    public List<Question> questions() {
        return List.copyOf(questions);
    }

    private synchronized Answer answer(Question question) {
        questions.add(question);
        return first.isEmpty() ? service.apply(question) : first.remove();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(question(exchange));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            var body = answer.body();
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (answer.slow() || answer.cutOff()) {
                exchange.getResponseBody().write(body, 0, body.length / 2);
                exchange.getResponseBody().flush();
                if (answer.slow()) {
                    closed.await();
                }
            } else if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Question question(HttpExchange exchange) {
        var query = new LinkedHashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var pair : raw == null ? new String[0] : raw.split("&")) {
            var parts = pair.split("=", 2);
            query.put(URLDecoder.decode(parts[0], UTF_8), parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
        return new Question(exchange.getRequestURI().getPath(), query, headers);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
