package io.wattledger.sinks.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.sinks.worker.SinkCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real Prometheus, which takes remote write and scrapes one address. */
final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path log;
    private final String url;
    private final int scraped;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusServer(Process process, Path log, int port, int scraped) {
        this.process = process;
        this.log = log;
        this.url = "http://127.0.0.1:" + port;
        this.scraped = scraped;
    }

    /** Whether there is one on this machine. */
    static boolean isInstalled() {
        try {
            var version = new ProcessBuilder("prometheus", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor(30, TimeUnit.SECONDS) && version.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static PrometheusServer start(Path folder) throws IOException {
        int port = freePort();
        int scraped = freePort();
        var config = Files.writeString(folder.resolve("prometheus.yml"), """
            global:
              scrape_interval: 500ms
            scrape_configs:
              - job_name: wattledger
                static_configs:
                  - targets: ['127.0.0.1:%d']
            """.formatted(scraped));
        var log = folder.resolve("prometheus.log");
        var process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.enable-remote-write-receiver",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var server = new PrometheusServer(process, log, port, scraped);
        SinkCluster.until(server::isReady, server::log);
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() {
        try {
            return process.isAlive() && get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    String writeUrl() {
        return url + "/api/v1/write";
    }

    String queryUrl() {
        return url + "/api/v1/query";
    }

    /** Where it looks for metrics. */
    int scraped() {
        return scraped;
    }

    /** What it answers a query now: values by the labels that are left when these are left out. */
    Map<String, Double> values(String query, String... without) {
        var values = new TreeMap<String, Double>();
        for (var series : result(query)) {
            var labels = new TreeMap<String, String>();
            series.get("metric")
                    .fields()
                    .forEachRemaining(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            labels.keySet().removeAll(List.of(without));
            values.put(
                    String.join(" ", labels.values()),
                    Double.valueOf(series.get("value").get(1).asText()));
        }
        return values;
    }

    /** The one value that it answers; nothing where there is none. */
    OptionalDouble value(String query) {
        var result = result(query);
        return switch (result.size()) {
            case 0 -> OptionalDouble.empty();
            case 1 ->
                OptionalDouble.of(
                        Double.parseDouble(result.get(0).get("value").get(1).asText()));
            default -> throw new AssertionError(query + " has several answers: " + result);
        };
    }

    private JsonNode result(String query) {
        try {
            var answer = get("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8));
            var json = JSON.readTree(answer.body());
            if (!json.path("status").asText().equals("success")) {
                throw new AssertionError(query + ": " + answer.body());
            }
            return json.get("data").get("result");
        } catch (IOException e) {
            throw new AssertionError(query + "; " + log(), e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
