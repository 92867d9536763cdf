package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheXdgFolder() {
        var environment = Map.of("WATTLEDGER_DATA_DIR", "/from/variable", "XDG_DATA_HOME", "/xdg");
        assertThat(DataDirectory.choose(Path.of("/from/option"), environment).path())
                .isEqualTo(Path.of("/from/option"));
        assertThat(DataDirectory.choose(null, environment).path()).isEqualTo(Path.of("/from/variable"));
        assertThat(DataDirectory.choose(null, Map.of("XDG_DATA_HOME", "/xdg")).path())
                .isEqualTo(Path.of("/xdg/wattledger"));
        assertThat(DataDirectory.choose(null, Map.of("XDG_DATA_HOME", "relative"))
                        .path())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local", "share", "wattledger"));
    }

    @Test
    void saysWhichFolderCannotBeUsedAndHowToChooseAnother() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.at(file.resolve("below")).prepare())
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.resolve("below").toString())
                .hasMessageContaining("--data-dir");
    }
}
