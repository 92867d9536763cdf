package io.wattledger.sinks.csv;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.task.LedgerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A row for each run when it is first finished or lost, and one in the file of changes for each later revision that is. A
 * third file, which people need not look at, has the newest revision of each run, so that a run is known as long as that is
 * there, whatever becomes of the others.
 */
final class RunRows implements Rows {
    static final List<String> SEEN_HEADER = List.of("run", "revision");
    private static final Logger LOG = LoggerFactory.getLogger(RunRows.class);

    private final CsvPart firsts;
    private final CsvPart changes;
    private final CsvPart seen;
    private final Function<RunEmissions, List<String>> row;
    private final Map<String, Integer> newestRevisions = new HashMap<>();

    /** @param row the columns of the main file; those of the changes are {@link RunCsv}'s */
    RunRows(CsvPart firsts, CsvPart changes, CsvPart seen, Function<RunEmissions, List<String>> row) {
        this.firsts = firsts;
        this.changes = changes;
        this.seen = seen;
        this.row = row;
    }

    @Override
    public List<CsvPart> parts() {
        return List.of(firsts, changes, seen);
    }

    @Override
    public void resumed() throws IOException {
        remember(seen, "run");
        if (newestRevisions.isEmpty()) {
            adopt();
        }
        LOG.info("{} and {} have {} runs", firsts.file(), changes.file(), newestRevisions.size());
    }

    /** The files are older than this way of remembering, or were there before. */
    private void adopt() throws IOException {
        remember(firsts, firsts.header().contains("run") ? "run" : "run_id");
        remember(changes, "run");
        newestRevisions.forEach(this::addSeen);
    }

    private void remember(CsvPart part, String runColumn) throws IOException {
        if (part.end().length() == 0) {
            return;
        }
        int run = part.header().indexOf(runColumn);
        int revision = part.header().indexOf("revision");
        try (var in = Files.newInputStream(part.file());
                var text = FileNames.isGzip(part.file()) ? new GZIPInputStream(in) : in) {
            var scanner = new CsvScanner(text);
            scanner.next();
            for (var fields = scanner.next(); fields != null; fields = scanner.next()) {
                remember(fields, run, revision);
            }
        } catch (IOException e) {
            throw new IOException("Cannot read " + part.file() + " (" + Reason.of(e) + ")", e);
        }
    }

    private void remember(List<String> fields, int run, int revision) {
        try {
            int number = revision < 0 ? 1 : Integer.parseInt(fields.get(revision));
            newestRevisions.merge(fields.get(run), number, Math::max);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            LOG.warn("Left alone a row that is not one of ours: {}", fields);
        }
    }

    @Override
    public void add(LedgerRecord record) {
        if (!(record.value() instanceof RunEmissions run) || !isFinal(run)) {
            return;
        }
        var known = newestRevisions.get(run.getRun());
        if (known != null && run.getRevision() <= known) {
            return;
        }
        if (known == null) {
            firsts.add(row.apply(run));
        } else {
            changes.add(RunCsv.row(run));
        }
        newestRevisions.put(run.getRun(), run.getRevision());
        addSeen(run.getRun(), run.getRevision());
    }

    private void addSeen(String run, int revision) {
        seen.add(List.of(run, Integer.toString(revision)));
    }

    private static boolean isFinal(RunEmissions run) {
        return run.getStatus() == RunStatus.FINISHED || run.getStatus() == RunStatus.LOST;
    }
}
