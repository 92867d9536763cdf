package io.wattledger.streams.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.ExplanationJson;
import io.wattledger.streams.report.ExplanationText;
import io.wattledger.streams.report.RunDetails;
import io.wattledger.streams.report.RunExplanation;
import io.wattledger.streams.report.RunJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers about runs. */
final class RunRoutes {
    /** As many runs as a page shows. */
    private static final int PAGE = 500;

    private final LedgerState ledger;
    private final Peers peers;
    private final AsOf stamps;

    RunRoutes(LedgerState ledger, Peers peers, AsOf stamps) {
        this.ledger = ledger;
        this.peers = peers;
        this.stamps = stamps;
    }

    /** {@code /runs}. */
    Answer list(Question question) {
        var asOf = stamps.of(question);
        int limit = question.count("limit", question.format() == Format.HTML ? PAGE : Integer.MAX_VALUE);
        var runs = runs(question, asOf, limit);
        var answer =
                switch (question.format()) {
                    case HTML -> Answer.of(Format.HTML, RunPage.list(runs, asOf, runs.size() == limit));
                    case AVRO -> Answer.of(Format.AVRO, RecordFile.write(runs, RunEmissions.getClassSchema()));
                    case JSON, TEXT -> Answer.of(Format.JSON, json(runs, asOf));
                };
        return answer.knownUpTo(asOf);
    }

    private List<RunEmissions> runs(Question question, Instant asOf, int limit) {
        var project = question.text("project");
        Predicate<RunEmissions> wanted =
                run -> project.isEmpty() || project.get().equals(run.getProject());
        var here = ledger.runs().runs(asOf, wanted, limit);
        var others = question.forwarded() ? List.<URI>of() : ledger.otherInstances();
        if (others.isEmpty()) {
            return here;
        }
        var all = new ArrayList<>(here);
        var path = "/runs?as-of=" + asOf.toEpochMilli() + "&limit=" + limit
                + project.map(name -> "&project=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .orElse("");
        all.addAll(peers.<RunEmissions>gather(others, path, RunEmissions.getClassSchema()));
        return all.stream()
                .sorted(Comparator.comparing(RunEmissions::getRun).reversed())
                .limit(limit)
                .toList();
    }

    private static String json(List<RunEmissions> runs, Instant asOf) {
        var array = JsonNodeFactory.instance.arrayNode();
        runs.forEach(run -> array.add(RunJson.of(run, asOf)));
        return RunJson.text(array) + "\n";
    }

    /** {@code /runs/ID}. */
    Answer show(Question question, String id) {
        var elsewhere = elsewhere(question, id);
        if (elsewhere != null) {
            return elsewhere;
        }
        var asOf = stamps.of(question);
        var run = run(id, asOf);
        var answer =
                switch (question.format()) {
                    case HTML -> Answer.of(Format.HTML, RunPage.of(run, explanation(run, firstRevision(id), asOf)));
                    case AVRO -> Answer.of(Format.AVRO, RecordFile.write(List.of(run), RunEmissions.getClassSchema()));
                    case TEXT -> Answer.of(Format.TEXT, RunDetails.of(run, asOf));
                    case JSON -> Answer.of(Format.JSON, RunJson.text(RunJson.of(run, asOf)) + "\n");
                };
        return answer.knownUpTo(asOf);
    }

    /** {@code /runs/ID/changes}. */
    Answer changes(Question question, String id) {
        var elsewhere = elsewhere(question, id);
        if (elsewhere != null) {
            return elsewhere;
        }
        var asOf = stamps.of(question);
        var run = run(id, asOf);
        var since = question.time("since");
        var before = since.isPresent() ? ledger.runs().run(id, since.get()) : firstRevision(id);
        var explanation = explanation(run, before, asOf);
        var answer =
                switch (question.format()) {
                    case HTML -> Answer.of(Format.HTML, RunPage.changes(explanation));
                    case TEXT -> Answer.of(Format.TEXT, ExplanationText.of(explanation));
                    case JSON, AVRO -> Answer.of(Format.JSON, RunJson.text(ExplanationJson.of(explanation)) + "\n");
                };
        return answer.knownUpTo(asOf);
    }

    private Optional<RunEmissions> firstRevision(String id) {
        return ledger.runs().firstRevision(id);
    }

    /** Changes since {@code before}, or since the run began where nothing was known before. */
    private RunExplanation explanation(RunEmissions run, Optional<RunEmissions> before, Instant asOf) {
        var earlier = before.filter(version -> !version.getKnownAt().isAfter(run.getKnownAt()));
        var since = earlier.map(RunEmissions::getKnownAt).orElse(Instant.EPOCH);
        return new RunExplanation(
                earlier.orElse(null), run, asOf, ledger.runs().changes(run.getRun(), since, run.getKnownAt()));
    }

    private @Nullable Answer elsewhere(Question question, String id) {
        return ledger.instanceOfRun(id)
                .map(instance -> peers.forward(instance, question))
                .orElse(null);
    }

    private RunEmissions run(String id, Instant asOf) {
        return ledger.runs().run(id, asOf).orElseThrow(() -> unknown(id, asOf));
    }

    private RefusedQuestionException unknown(String id, Instant asOf) {
        var first = ledger.runs().first(id);
        if (first.isPresent()) {
            return new RefusedQuestionException(
                    404,
                    "Nothing was known of run " + id + " at " + asOf + ": it was first heard of at "
                            + first.get().getKnownAt() + ".");
        }
        return new RefusedQuestionException(
                404,
                "The ledger has no run " + id + "; /runs lists those it has. The history of a run that has been sealed"
                        + " is no longer here: its final figures stay in the topic run-emissions, which `wattledger"
                        + " report " + id + "` reads, and every revision of its rows in the topic emissions-history.");
    }
}
