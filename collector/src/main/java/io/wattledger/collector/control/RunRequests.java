package io.wattledger.collector.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.collector.control.HttpConversation.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens, lists and ends runs that have no wrapper: what is answered to {@code /runs}. */
final class RunRequests implements HttpConversation.Requests {
    private static final Logger LOG = LoggerFactory.getLogger(RunRequests.class);
    private static final JsonMapper JSON = new JsonMapper();

    private static final String RUNS = "/runs";
    private static final Set<String> START = Set.of("run", "project", "name", "labels", "user", "pid", "cgroup");
    private static final Set<String> END = Set.of("exitCode");
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}");
    private static final int LONGEST_TEXT = 1024;
    private static final int MOST_LABELS = 64;

    private final CollectorService service;

    RunRequests(CollectorService service) {
        this.service = service;
    }

    @Override
    public Answer answer(String method, String path, byte[] body) {
        try {
            if (path.equals(RUNS)) {
                return switch (method) {
                    case "GET" -> list();
                    case "POST" -> open(body);
                    default -> notAllowed(method, path, "GET, POST");
                };
            }
            if (path.startsWith(RUNS + "/")) {
                return method.equals("DELETE")
                        ? end(path.substring(RUNS.length() + 1), body)
                        : notAllowed(method, path, "DELETE");
            }
            return refusal(404, "There is no " + path + " here, only " + RUNS + " and " + RUNS + "/{id}");
        } catch (CollectorException e) {
            return refusal(409, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.error("Cannot answer {} {}", method, path, e);
            return refusal(500, "The collector failed: " + e.getMessage());
        }
    }

    static String error(String text) {
        return JSON.createObjectNode().put("error", text).toString();
    }

    private Answer list() {
        var all = JSON.createObjectNode();
        var runs = all.putArray("runs");
        for (var run : service.runs()) {
            runs.add(json(run));
        }
        return new Answer(200, all.toString(), null);
    }

    private Answer open(byte[] body) throws IOException {
        var problems = new ArrayList<String>();
        var json = object(body, START, problems);
        var run = text(json, "run", problems);
        var project = text(json, "project", problems);
        var name = text(json, "name", problems);
        var user = text(json, "user", problems);
        var group = text(json, "cgroup", problems);
        var labels = labels(json, problems);
        var pid = pid(json, problems);
        if (run == null) {
            problems.add("run is missing: the identifier of the run");
        } else if (!RUN_ID.matcher(run).matches()) {
            problems.add("run must match " + RUN_ID + ", not '" + run + "'");
        }
        if ((pid == null) == (group == null)) {
            problems.add("Give one of pid and cgroup: what the run is");
        }
        if (group != null && !group.startsWith("/")) {
            problems.add("cgroup must be a path as in /proc/PID/cgroup, which starts with /, not '" + group + "'");
        }
        if (run == null || !problems.isEmpty()) {
            return refusal(400, String.join("; ", problems));
        }
        var start = new RunStart(
                run,
                project == null ? RunStart.DEFAULT_PROJECT : project,
                name,
                labels,
                user,
                null,
                null,
                RunStart.ANY_INTERVAL);
        service.adopt(start, pid, group);
        return new Answer(201, json(new ListedRun(start, 0, true, group)).toString(), null);
    }

    private Answer end(String run, byte[] body) throws IOException {
        var problems = new ArrayList<String>();
        var json = body.length == 0 ? JSON.createObjectNode() : object(body, END, problems);
        var exit = json.path("exitCode");
        if (!exit.isMissingNode() && !exit.isNull() && !exit.canConvertToExactIntegral()) {
            problems.add("exitCode must be a whole number, not " + exit);
        }
        if (!problems.isEmpty()) {
            return refusal(400, String.join("; ", problems));
        }
        var open = service.runs().stream()
                .filter(listed -> listed.start().run().equals(run))
                .findFirst();
        if (open.isEmpty()) {
            return refusal(404, "No run " + run + " is open; it may have been ended already");
        }
        if (!open.get().adopted()) {
            return refusal(409, "Run " + run + " has a wrapper, which ends it");
        }
        @Nullable Integer exitCode = exit.isIntegralNumber() ? Integer.valueOf(exit.intValue()) : null;
        var ended = service.end(run, new RunEnd(exitCode, null, null, null));
        var answer = JSON.createObjectNode()
                .put("run", run)
                .put("started", Instant.ofEpochMilli(ended.startedMillis()).toString())
                .put("finished", Instant.ofEpochMilli(ended.finishedMillis()).toString())
                .put("cpuNanos", ended.cpuNanos());
        return new Answer(200, answer.toString(), null);
    }

    private static JsonNode object(byte[] body, Set<String> known, List<String> problems) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            problems.add("The body is not JSON: " + e.getOriginalMessage());
            return JSON.createObjectNode();
        }
        if (!json.isObject()) {
            problems.add("The body must be a JSON object");
            return JSON.createObjectNode();
        }
        json.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                problems.add("Unknown field " + field);
            }
        });
        return json;
    }

    private static @Nullable String text(JsonNode json, String field, List<String> problems) {
        var value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > LONGEST_TEXT) {
            problems.add(field + " must be text of 1 to " + LONGEST_TEXT + " characters");
            return null;
        }
        return value.asText();
    }

    private static Map<String, String> labels(JsonNode json, List<String> problems) {
        var labels = new HashMap<String, String>();
        var node = json.path("labels");
        if (node.isMissingNode() || node.isNull()) {
            return labels;
        }
        if (!node.isObject() || node.size() > MOST_LABELS) {
            problems.add("labels must be an object of at most " + MOST_LABELS + " texts");
            return labels;
        }
        node.fieldNames().forEachRemaining(label -> {
            var value = text(node, label, problems);
            if (value != null) {
                labels.put(label, value);
            }
        });
        return labels;
    }

    private static @Nullable Long pid(JsonNode json, List<String> problems) {
        var node = json.path("pid");
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isIntegralNumber() || node.longValue() < 1) {
            problems.add("pid must be the identifier of a process, not " + node);
            return null;
        }
        return node.longValue();
    }

    private static ObjectNode json(ListedRun run) {
        var start = run.start();
        var json = JSON.createObjectNode()
                .put("run", start.run())
                .put("project", start.project())
                .put("name", start.name())
                .put("user", start.user())
                .put("cgroup", run.group());
        var labels = json.putObject("labels");
        start.labels().forEach(labels::put);
        if (run.startedMillis() > 0) {
            json.put("started", Instant.ofEpochMilli(run.startedMillis()).toString());
        }
        return json.put("wrapped", !run.adopted());
    }

    private static Answer notAllowed(String method, String path, String allow) {
        return new Answer(405, error(method + " is not possible at " + path), allow);
    }

    private static Answer refusal(int status, String text) {
        return new Answer(status, error(text), null);
    }
}
