package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningStackTest {
    @TempDir
    Path folder;

    private DataDirectory directory;
    private RunningStack stack;

    @BeforeEach
    void prepare() {
        directory = DataDirectory.at(folder).prepare();
        stack = new RunningStack(
                ProcessHandle.current().pid(), "127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3", "http://a:4");
    }

    @Test
    void isFoundWhereItWasAnnounced() {
        stack.announce(directory);
        assertThat(RunningStack.find(directory)).contains(stack);
    }

    @Test
    void isNotFoundOnceWithdrawn() {
        stack.announce(directory);
        RunningStack.withdraw(directory);
        assertThat(RunningStack.find(directory)).isEmpty();
    }

    @Test
    void whatADeadProcessLeftBehindIsIgnoredEvenWhenAnotherNowHasItsId() {
        stack.announce(directory);
        var properties = DataDirectory.read(directory.stackProperties());
        properties.setProperty("pid.started", "another boot/123");
        DataDirectory.write(directory.stackProperties(), properties);
        assertThat(RunningStack.find(directory)).isEmpty();
    }

    @Test
    void aFileThatIsNotUnderstoodIsIgnored() throws IOException {
        Files.writeString(directory.stackProperties(), "pid=x\n");
        assertThat(RunningStack.find(directory)).isEmpty();
    }
}
