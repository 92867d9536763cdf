package io.wattledger.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks each part of a stack whether it is well. */
final class Health {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final List<String> problems = new ArrayList<>();

    private Health() {}

    /** What is wrong, one line each; empty when all is well. */
    static List<String> of(RunningStack stack) {
        var health = new Health();
        health.checkBroker(stack.bootstrapServers());
        health.checkAnswer("schema registry", stack.schemaRegistryUrl() + "/subjects");
        health.checkAnswer("ledger", stack.apiUrl() + "/health");
        health.checkConnectors(stack.connectUrl() + "/connectors?expand=status");
        return health.problems;
    }

    private void checkBroker(String address) {
        var colon = address.lastIndexOf(':');
        try (var socket = new Socket()) {
            var port = Integer.parseInt(address.substring(colon + 1));
            socket.connect(new InetSocketAddress(address.substring(0, colon), port), (int) ANSWER.toMillis());
        } catch (IOException e) {
            problems.add("The broker at " + address + " does not answer (" + e.getMessage() + ").");
        }
    }

    private String checkAnswer(String part, String url) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() < 500) {
                return response.body();
            }
            problems.add("The " + part + " at " + url + " answers HTTP " + response.statusCode() + ".");
        } catch (IOException e) {
            problems.add("The " + part + " at " + url + " does not answer (" + e + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private void checkConnectors(String url) {
        try {
            for (var connector : new ObjectMapper()
                    .readTree(checkAnswer("Connect worker", url))
                    .properties()) {
                var status = connector.getValue().path("status");
                checkState("Connector " + connector.getKey(), status.path("connector"));
                for (var task : status.path("tasks")) {
                    checkState("Task " + task.path("id") + " of connector " + connector.getKey(), task);
                }
            }
        } catch (IOException e) {
            problems.add("The Connect worker at " + url + " does not answer in JSON (" + e.getMessage() + ").");
        }
    }

    private void checkState(String what, JsonNode node) {
        if (node.path("state").asText().equals("FAILED")) {
            var trace = node.path("trace").asText();
            problems.add(what + " has failed: " + trace.lines().findFirst().orElse("no reason given"));
        }
    }
}
