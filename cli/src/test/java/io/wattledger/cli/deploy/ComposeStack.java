package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.wattledger.cli.Patience;
import io.wattledger.cli.stack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The containers of {@code docker-compose.yml}, as a project of their own with ports of their own. */
final class ComposeStack implements AutoCloseable {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Grafana is not among them: nothing of what is tested goes through it. */
    static final List<String> SERVICES = List.of(
            "kafka", "schema-registry", "streams-1", "streams-2", "connect", "collector", "prometheus", "postgresql");

    private final Path folder;
    private final String project;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> containers = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private ComposeStack(Path folder) {
        this.folder = folder;
        this.project = "wattledger-" + ProcessHandle.current().pid();
        for (var service : List.of("KAFKA", "REGISTRY", "API", "PROMETHEUS", "POSTGRESQL")) {
            variables.put("WATTLEDGER_" + service + "_PORT", Integer.toString(Ports.free()));
        }
    }

    /**
     * Starts all services and waits until they are healthy.
     *
     * @param folder for what the commands print
     */
    static ComposeStack start(Path folder) {
        var stack = new ComposeStack(folder);
        var arguments = new ArrayList<>(List.of("up", "--detach"));
        arguments.addAll(SERVICES);
        try {
            stack.compose(arguments.toArray(String[]::new));
            SERVICES.forEach(stack::awaitHealthy);
            return stack;
        } catch (AssertionError e) {
            try (stack) {
                throw new AssertionError(stack.logs(), e);
            }
        }
    }

    /** Standard output of {@code docker-compose}; fails when it fails. */
    String compose(String... arguments) {
        var process = begin(arguments);
        return process.await();
    }

    /** Starts {@code docker-compose} and does not wait for its end. */
    Command begin(String... arguments) {
        var command = new ArrayList<>(List.of("docker-compose", "--project-name", project));
        command.addAll(List.of(arguments));
        return Command.start(folder, command, variables);
    }

    /** Standard output of a command in the container of a service. */
    String inside(String service, String... command) {
        var arguments = new ArrayList<>(List.of("exec", "-T", service));
        arguments.addAll(List.of(command));
        return compose(arguments.toArray(String[]::new));
    }

    /** The {@code wattledger} command in a container of its own. */
    Command wattledger(String... command) {
        var arguments = new ArrayList<>(List.of("run", "--rm", "-T", "cli"));
        arguments.addAll(List.of(command));
        return begin(arguments.toArray(String[]::new));
    }

    /** What the REST interface of the ledger says, as JSON; missing while it cannot say it. */
    JsonNode ledger(String path) {
        return get("API", path);
    }

    /** The value of a PromQL query with one answer, null while there is none. */
    @Nullable
    Double prometheus(String query) {
        var answer =
                get("PROMETHEUS", "/api/v1/query?query=" + java.net.URLEncoder.encode(query, StandardCharsets.UTF_8));
        var result = answer.at("/data/result");
        return result.isEmpty()
                ? null
                : Double.valueOf(result.get(0).at("/value/1").asText());
    }

    /** The rows of a query as {@code psql} writes them unaligned. */
    String sql(String query) {
        return inside("postgresql", "psql", "-U", "wattledger", "-d", "wattledger", "-At", "-c", query)
                .trim();
    }

    /** Kills the process of a service as a crash would, and waits until the engine has it up and healthy again. */
    void kill(String service) {
        var before = state(service);
        ProcessHandle.of(before.get("Pid").asLong()).orElseThrow().destroyForcibly();
        Patience.until(
                () -> !state(service).get("StartedAt").equals(before.get("StartedAt")),
                () -> service + " has not come up again: " + state(service));
        awaitHealthy(service);
    }

    void awaitHealthy(String service) {
        Patience.until(
                () -> state(service).at("/Health/Status").asText().equals("healthy"),
                () -> service + " is not healthy: " + state(service));
    }

    private JsonNode state(String service) {
        // A container that is started again stays the same.
        var container = containers.computeIfAbsent(
                service, name -> compose("ps", "--quiet", name).trim());
        var inspected = Command.start(
                        folder, List.of("docker", "inspect", "--format", "{{json .State}}", container), Map.of())
                .await();
        try {
            return JSON.readTree(inspected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String port, String path) {
        var uri = URI.create("http://127.0.0.1:" + variables.get("WATTLEDGER_" + port + "_PORT") + path);
        try {
            var request = HttpRequest.newBuilder(uri)
                    .header("Accept", "application/json")
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? JSON.readTree(answer.body()) : MissingNode.getInstance();
        } catch (IOException e) {
            // It is being started again.
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What all containers have said. */
    String logs() {
        return compose("logs", "--no-color", "--tail", "40");
    }

    /** Takes it down, with its volumes. */
    @Override
    public void close() {
        compose("down", "--volumes", "--timeout", "10");
    }

    /** A command that runs, with its output in files. */
    static final class Command {
        private final List<String> command;
        private final Process process;
        private final Path out;
        private final Path err;

        private Command(List<String> command, Process process, Path out, Path err) {
            this.command = command;
            this.process = process;
            this.out = out;
            this.err = err;
        }

        static Command start(Path folder, List<String> command, Map<String, String> variables) {
            try {
                var out = Files.createTempFile(folder, "out", ".txt");
                var err = Files.createTempFile(folder, "err", ".txt");
                var builder = new ProcessBuilder(command)
                        .directory(HOME.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().putAll(variables);
                return new Command(command, builder.start(), out, err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Standard output, once it has ended well. */
        String await() {
            assertThat(awaitExit()).as(() -> this + "\n" + err()).isZero();
            return out();
        }

        int awaitExit() {
            try {
                assertThat(process.waitFor(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS))
                        .as(() -> this + " has ended\n" + out() + err())
                        .isTrue();
                return process.exitValue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        boolean isAlive() {
            return process.isAlive();
        }

        String out() {
            return text(out);
        }

        String err() {
            return text(err);
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return String.join(" ", command);
        }
    }
}
