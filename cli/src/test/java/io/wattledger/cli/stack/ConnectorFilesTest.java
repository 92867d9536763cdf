package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorFilesTest {
    @TempDir
    Path folder;

    @Test
    void readsFilesAndFolders() throws IOException {
        var single = write("single.txt", "{'name': 'one', 'config': {'tasks.max': 2, 'connector.class': 'A'}}");
        var more = Files.createDirectory(folder.resolve("more"));
        write("more/b.json", "{'name': 'three', 'config': {'flag': true}}");
        write("more/a.json", "{'name': 'two', 'config': {'secret': '${env:SECRET}'}}");
        write("more/README", "no connector");
        assertThat(ConnectorFiles.read(List.of(single, more)))
                .containsExactly(
                        new Connector("one", Map.of("tasks.max", "2", "connector.class", "A")),
                        new Connector("two", Map.of("secret", "${env:SECRET}")),
                        new Connector("three", Map.of("flag", "true")));
    }

    /** As Kubernetes mounts them: links to files in a folder whose name begins with a dot. */
    @Test
    void followsLinks() throws IOException {
        Files.createDirectory(folder.resolve("..data"));
        var file = write("..data/a.json", "{'name': 'one', 'config': {}}");
        var mount = Files.createDirectory(folder.resolve("mount"));
        Files.createSymbolicLink(mount.resolve("a.json"), file);
        assertThat(ConnectorFiles.read(List.of(mount))).containsExactly(new Connector("one", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{'name': 'a',|is no JSON",
                "{}|has no name",
                "[1]|has no name",
                "{'config': {}}|has no name",
                "{'name': ' ', 'config': {}}|has no name",
                "{'name': 'a'}|has no config",
                "{'name': 'a', 'config': {'x': [1]}}|has a setting x",
                "{'name': 'a', 'config': {'x': null}}|has a setting x"
            },
            delimiter = '|')
    void saysWhatIsWrongWithAFile(String content, String problem) throws IOException {
        var file = write("bad.json", content == null ? "" : content);
        assertThatThrownBy(() -> ConnectorFiles.read(List.of(file)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesTwoOfOneName() throws IOException {
        write("a.json", "{'name': 'same', 'config': {}}");
        write("b.json", "{'name': 'same', 'config': {}}");
        assertThatThrownBy(() -> ConnectorFiles.read(List.of(folder)))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("same", "a.json", "b.json");
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThatThrownBy(() -> ConnectorFiles.read(List.of(folder.resolve("none.json"))))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("none.json", "--connectors", "WATTLEDGER_CONNECTORS");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content.replace('\'', '"'));
    }
}
