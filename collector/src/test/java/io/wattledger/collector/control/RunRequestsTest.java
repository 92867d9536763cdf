package io.wattledger.collector.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wattledger.collector.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over the real socket. */
class RunRequestsTest {
    private static final String POST = "{\"run\": \"job-1\", \"cgroup\": \"/batch/1\", \"project\": \"физика\","
            + " \"name\": \"fit\", \"labels\": {\"team\": \"a\"}, \"user\": \"ann\"}";

    private final Service service = new Service();

    @TempDir
    Path folder;

    private ControlServer server;

    /** Keeps runs as a session does. */
    private static final class Service implements CollectorService {
        final Map<String, ListedRun> open = new ConcurrentHashMap<>();
        final Map<String, Long> pids = new ConcurrentHashMap<>();
        final List<RunEnd> ends = new ArrayList<>();

        @Override
        public Registered register(RunStart run, @Nullable Snapshot started, @Nullable Long pid) {
            open.put(run.run(), new ListedRun(run, 1, false, null));
            return new Registered("vm", "FR", "s", 1);
        }

        @Override
        public void adopt(RunStart run, @Nullable Long pid, @Nullable String group) throws IOException {
            if (open.containsKey(run.run())) {
                throw new CollectorException("Run " + run.run() + " is open already");
            }
            open.put(run.run(), new ListedRun(run, 1_700_000_000_000L, true, group));
            if (pid != null) {
                pids.put(run.run(), pid);
            }
        }

        @Override
        public List<ListedRun> runs() {
            return List.copyOf(open.values());
        }

        @Override
        public Ended end(String run, RunEnd end) {
            open.remove(run);
            ends.add(end);
            return new Ended("s", 1, 2, 1_700_000_000_000L, 1_700_000_001_000L, 42);
        }

        @Override
        public void started(String run, long pid) {}

        @Override
        public CollectorStatus status() {
            return new CollectorStatus(1, "vm", "FR", "s", open.size(), 0, 0, 0, null, null);
        }

        @Override
        public void abandoned(String run) {
            open.remove(run);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = ControlServer.start(folder, service);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void opensListsAndEndsARun() throws IOException {
        var opened = send(request("POST", "/runs", POST));
        assertThat(opened.status).isEqualTo(201);
        assertThat(opened.json.path("run").asText()).isEqualTo("job-1");
        assertThat(service.open.get("job-1")).satisfies(run -> {
            assertThat(run.group()).isEqualTo("/batch/1");
            assertThat(run.start().project()).isEqualTo("физика");
            assertThat(run.start().labels()).isEqualTo(Map.of("team", "a"));
        });

        var listed = send(request("GET", "/runs", "")).json.path("runs");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("started").asText()).isEqualTo("2023-11-14T22:13:20Z");

        var ended = send(request("DELETE", "/runs/job-1", "{\"exitCode\": 3}"));
        assertThat(ended.status).isEqualTo(200);
        assertThat(ended.json.path("cpuNanos").asLong()).isEqualTo(42);
        assertThat(service.ends).extracting(RunEnd::exitCode).containsExactly(3);
        assertThat(send(request("DELETE", "/runs/job-1", "")).status).isEqualTo(404);
    }

    @Test
    void takesAProcessAndNeedsLittle() throws IOException {
        assertThat(send(request("POST", "/runs", "{\"run\": \"a\", \"pid\": 77}")).status)
                .isEqualTo(201);
        assertThat(service.pids).containsEntry("a", 77L);
        assertThat(service.open.get("a").start().project()).isEqualTo("default");
    }

    @Test
    void aRunStaysOpenWhenTheConnectionIsClosed() throws IOException {
        send(request("POST", "/runs", POST));

        assertThat(send(request("GET", "/runs", "")).json.path("runs")).hasSize(1);
    }

    @Test
    void refusesASecondRunOfTheSameNameAndOneOfAWrapper() throws IOException {
        send(request("POST", "/runs", POST));
        assertThat(send(request("POST", "/runs", POST)).status).isEqualTo(409);

        try (var wrapper = CollectorClient.connect(folder).orElseThrow()) {
            var start = new RunStart("wrapped", "p", null, Map.of(), null, null, null, 1000);
            wrapper.register(start, null, null, Duration.ofSeconds(20));
            assertThat(send(request("DELETE", "/runs/wrapped", "")).status).isEqualTo(409);
        }
    }

    @Test
    void reportsAllThatIsWrongAtOnce() throws IOException {
        var answer =
                send(request("POST", "/runs", "{\"run\": \"a b\", \"labels\": [], \"colour\": 1, \"pid\": \"x\"}"));

        assertThat(answer.status).isEqualTo(400);
        assertThat(answer.json.path("error").asText())
                .contains("a b")
                .contains("labels")
                .contains("colour")
                .contains("pid must be")
                .contains("one of pid and cgroup");
        assertThat(service.open).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST,/runs,400", "PUT,/runs,405", "GET,/runs/a,405", "GET,/,404", "GET,/runs?x=1,200"})
    void answersWithTheProperStatus(String method, String path, int status) throws IOException {
        assertThat(send(request(method, path, method.equals("POST") ? "{" : "")).status)
                .isEqualTo(status);
    }

    @Test
    void saysWhichMethodsThereAre() throws IOException {
        assertThat(send(request("PUT", "/runs", "")).head).contains("\r\nAllow: GET, POST\r\n");
    }

    @Test
    void readsNoMoreThanItsBounds() throws IOException {
        assertThat(send("POST /runs HTTP/1.1\r\nContent-Length: 70000\r\n\r\n").status)
                .isEqualTo(413);
        assertThat(send("POST /runs HTTP/1.1\r\nContent-Length: x\r\n\r\n").status)
                .isEqualTo(400);
        assertThat(send("POST /runs HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n").status)
                .isEqualTo(501);
        assertThat(send("GET /runs HTTP/1.1\r\n" + "X: y\r\n".repeat(200) + "\r\n").status)
                .isEqualTo(400);
    }

    @Test
    void answersSeveralRequestsOfOneConnection() throws IOException {
        var text = exchange("GET /runs HTTP/1.1\r\n\r\n" + request("GET", "/runs", ""));

        assertThat(text.split("HTTP/1.1 200 OK", -1)).hasSize(3);
    }

    @Test
    void curlCanUseIt() throws Exception {
        assumeTrue(curl("--version") != null, "There is no curl here");

        assertThat(curl("-X", "POST", "-d", POST, "http://collector/runs")).endsWith(" 201");
        assertThat(curl("http://collector/runs")).contains("job-1").endsWith(" 200");
        assertThat(curl("-X", "DELETE", "http://collector/runs/job-1")).endsWith(" 200");
        assertThat(curl("-X", "DELETE", "http://collector/runs/job-1"))
                .contains("error")
                .endsWith(" 404");
    }

    private record Answer(int status, String head, JsonNode json) {}

    private static String request(String method, String path, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return method + " " + path + " HTTP/1.1\r\nHost: collector\r\nContent-Length: " + length
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    private Answer send(String request) throws IOException {
        var text = exchange(request);
        int end = text.indexOf("\r\n\r\n");
        var head = text.substring(0, end + 2);
        return new Answer(
                Integer.parseInt(head.split(" ")[1]), head, new JsonMapper().readTree(text.substring(end + 4)));
    }

    /** All that comes back until the other side closes the connection. */
    private String exchange(String request) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket()));
            var bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            var answer = new ByteArrayOutputStream();
            var buffer = ByteBuffer.allocate(4096);
            try {
                while (channel.read(buffer.clear()) >= 0) {
                    answer.write(buffer.array(), 0, buffer.position());
                }
            } catch (IOException e) {
                // Closed by the other side with some of the request unread.
                assertThat(answer.size()).isPositive();
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private String socket() throws IOException {
        return Files.readString(folder.resolve("address")).trim();
    }

    /** What it prints, with the status behind a blank; null when there is no curl. */
    private @Nullable String curl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("curl", "-sS", "--unix-socket", socket(), "-w", " %{http_code}"));
        command.addAll(Arrays.asList(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return text;
        } catch (IOException e) {
            return null;
        }
    }
}
