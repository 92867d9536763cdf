package io.wattledger.sinks.csv;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of finished runs: a row for each run that is finished or lost, and one more for each later revision. The file
 * itself says which rows it has, so runs may be given again after a crash.
 */
final class RunFile {
    private static final Logger LOG = LoggerFactory.getLogger(RunFile.class);
    private static final int RUN = RunCsv.header().indexOf("run");
    private static final int REVISION = RunCsv.header().indexOf("revision");

    private final CsvFile file;
    private final Map<String, Integer> newestRevision = new HashMap<>();

    /**
     * Reads which rows the file has. A last row that is not whole is taken away: the run will be given again.
     *
     * @throws OtherColumnsException when it is another file
     */
    RunFile(Path path) throws IOException {
        this.file = new CsvFile(path, RunCsv.header());
        file.recover(this::remember);
        LOG.info("{} has rows of {} runs", path, newestRevision.size());
    }

    private void remember(List<String> row) {
        try {
            newestRevision.merge(row.get(RUN), Integer.parseInt(row.get(REVISION)), Math::max);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            LOG.warn("Left alone a row that is not one of ours: {}", row);
        }
    }

    /**
     * Appends the runs that have ended and whose revision is not in the file.
     *
     * @throws IOException when they cannot be written; then none is, and all may be given again
     */
    void append(Collection<RunEmissions> runs) throws IOException {
        var revisions = new HashMap<String, Integer>();
        var rows = new ArrayList<List<String>>();
        for (var run : runs) {
            int known =
                    Math.max(revisions.getOrDefault(run.getRun(), -1), newestRevision.getOrDefault(run.getRun(), -1));
            if (isFinal(run) && run.getRevision() > known) {
                rows.add(RunCsv.row(run));
                revisions.put(run.getRun(), run.getRevision());
            }
        }
        if (!rows.isEmpty()) {
            file.append(rows);
            newestRevision.putAll(revisions);
        }
    }

    private static boolean isFinal(RunEmissions run) {
        return run.getStatus() == RunStatus.FINISHED || run.getStatus() == RunStatus.LOST;
    }
}
