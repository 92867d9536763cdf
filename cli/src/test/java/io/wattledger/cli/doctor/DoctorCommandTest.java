package io.wattledger.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandRun;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path data;

    @Test
    void aClusterThatDoesNotAnswerIsToBeMended() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        var run = CommandRun.of(
                "doctor",
                "--json",
                "--data-dir=" + data,
                "--bootstrap-servers=127.0.0.1:" + closed,
                "--schema-registry=http://127.0.0.1:" + closed);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        var all = new ObjectMapper().readTree(run.out());
        for (var subject : new String[] {"Kafka", "schema registry"}) {
            assertThat(all)
                    .filteredOn(one -> one.get("subject").asText().equals(subject))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.get("state").asText()).isEqualTo("ill");
                        assertThat(one.get("commands")).isNotEmpty();
                    });
        }
        assertThat(all)
                .filteredOn(one -> one.get("subject").asText().equals("spool"))
                .singleElement()
                .satisfies(one -> assertThat(one.get("found").asText()).contains(data.toString()));
    }

    @Test
    void settingsThatDoNotDoAreToBeMended() throws Exception {
        var file = Files.writeString(data.resolve("collector.properties"), "data.dir=" + data + "\nzome=FR\n");
        var run = CommandRun.of("doctor", "--config=" + file);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("zome");
    }
}
