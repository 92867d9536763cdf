package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.terminal.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPortsTest {
    @TempDir
    Path folder;

    @Test
    void namesThePortThatIsTakenAndTheOptionThatChangesIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            assertThatThrownBy(() -> StackPorts.exactly(Map.of(Listener.API, port)))
                    .isInstanceOf(Failure.class)
                    .hasMessageContainingAll("port " + port, "ledger", "--api-port");
        }
    }

    @Test
    void takesThePortsOfLastTimeAndAFreeOneForAPortThatIsTaken() throws Exception {
        var directory = DataDirectory.at(folder).prepare();
        var broker = Ports.free();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StackPorts.exactly(Map.of(Listener.BROKER, broker)).remember(directory);
            var remembered = DataDirectory.read(directory.ports());
            remembered.setProperty(Listener.API.label(), Integer.toString(taken.getLocalPort()));
            DataDirectory.write(directory.ports(), remembered);

            var ports = StackPorts.available(directory);
            assertThat(ports.of(Listener.BROKER)).isEqualTo(broker);
            assertThat(ports.of(Listener.API)).isNotEqualTo(taken.getLocalPort());
            assertThat(Stream.of(Listener.values()).map(ports::of)).doesNotHaveDuplicates();
        }
    }
}
