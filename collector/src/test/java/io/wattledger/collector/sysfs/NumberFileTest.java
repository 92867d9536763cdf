package io.wattledger.collector.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.collector.sysfs.NumberFile.Opener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFileTest {
    @TempDir
    Path folder;

    private Path path;
    private NumberFile file;
    private final AtomicInteger opened = new AtomicInteger();

    @BeforeEach
    void inAFolderOfItsOwn() {
        path = folder.resolve("energy_uj");
        open();
    }

    private void open() {
        file = new NumberFile(path, asked -> {
            opened.incrementAndGet();
            return Opener.REAL.open(asked);
        });
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void followsTheFileWithoutOpeningItAgain() throws IOException {
        Files.writeString(path, "262143328850\n");
        assertThat(file.read()).isEqualTo(262_143_328_850L);
        Files.writeString(path, "7\n");
        assertThat(file.read()).isEqualTo(7);
        assertThat(opened).hasValue(1);
    }

    @Test
    void followsACounterOfTheKernelWithoutOpeningItAgain() throws IOException {
        path = Path.of("/sys/class/net/lo/statistics/tx_packets");
        assumeTrue(Files.isReadable(path), "There is no " + path);
        open();
        long before = file.read();
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.send(new DatagramPacket(new byte[1], 1, socket.getLocalSocketAddress()));
        }
        assertThat(file.read()).isGreaterThan(before);
        assertThat(opened).hasValue(1);
    }

    @Test
    void isReadAgainAfterItWasGone() throws IOException {
        assertThatThrownBy(file::read).isInstanceOf(NoSuchFileException.class);
        Files.writeString(path, "8\n");
        assertThat(file.read()).isEqualTo(8);
    }

    @Test
    void isReadAgainAfterTheThreadWasInterrupted() throws IOException {
        Files.writeString(path, "8\n");
        file.read();
        Thread.currentThread().interrupt();
        assertThatThrownBy(file::read).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file.read()).isEqualTo(8);
    }

    @Test
    void isNoZeroWhenTheReadFails() throws IOException {
        Files.createDirectory(path);
        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("directory");
    }

    @Test
    void followsANumberThatMovesToAFilePutInItsPlace() throws IOException {
        for (int value = 1; value < 4; value++) {
            var fresh = Files.writeString(folder.resolve("fresh"), value + "\n");
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            assertThat(file.readMoving()).isEqualTo(value);
        }
    }

    @Test
    void opensAFileWhoseNumberMovesOnlyOnce() throws IOException {
        for (int value = 1; value < 4; value++) {
            Files.writeString(path, value + "\n");
            assertThat(file.readMoving()).isEqualTo(value);
        }
        assertThat(opened).hasValue(1);
    }

    @Test
    void makesNoGarbage() throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        assumeTrue(
                threads instanceof com.sun.management.ThreadMXBean,
                "This virtual machine does not tell what a thread has allocated");
        var memory = (com.sun.management.ThreadMXBean) threads;
        Files.writeString(path, "262143328850\n");
        for (int i = 0; i < 1_000; i++) {
            file.read();
        }
        long thread = Thread.currentThread().getId();
        long before = memory.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 10_000; i++) {
            file.read();
        }
        assertThat(memory.getThreadAllocatedBytes(thread) - before)
                .as("bytes per read")
                .isLessThan(10_000 * 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "-1\n", "12x\n", "garbage", "1.5", "9223372036854775808\n", " 7"})
    void takesNothingElseForANumber(String text) {
        assertThatThrownBy(() -> NumberFile.parse(bytes(text)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'" + text.trim() + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7\n", "9223372036854775807\n", "12 uW"})
    void readsDigitsToTheFirstBlankOrLineEnd(String text) throws IOException {
        assertThat(NumberFile.parse(bytes(text)))
                .isEqualTo(Long.parseLong(text.strip().split(" ", 2)[0]));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
