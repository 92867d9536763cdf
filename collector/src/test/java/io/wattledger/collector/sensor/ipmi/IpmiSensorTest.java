package io.wattledger.collector.sensor.ipmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With scripts in the place of the tools, which really run. */
class IpmiSensorTest {
    private static final IpmiSettings PATIENT = new IpmiSettings(Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private Path dev;
    private Path programs;

    @BeforeEach
    void machine() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no /bin/sh to run scripts with");
        dev = Files.createDirectory(folder.resolve("dev"));
        programs = Files.createDirectory(folder.resolve("sbin"));
        Files.createFile(dev.resolve("ipmi0"));
    }

    @Test
    void readsTheHostWithIpmitool() throws IOException {
        program("ipmitool", """
                [ "$*" = "dcmi power reading" ] || exit 9
                [ "$LC_ALL" = C ] || exit 8
                cat "%s"
                """.formatted(Files.writeString(folder.resolve("said"), DcmiOutputTest.IPMITOOL)));
        var sensor = sensor(PATIENT);

        assertThat(((Available) sensor.probe()).devices())
                .containsExactly(new Device("host", null, Component.HOST, "IPMI_DCMI"));
        assertThat(sensor.read()).singleElement().isInstanceOfSatisfying(PowerLevel.class, level -> {
            assertThat(level.power()).isEqualTo(Power.ofWatts(220));
            assertThat(level.bandThousandths()).isEqualTo(50 + 5);
        });
    }

    @Test
    void readsTheHostWithFreeipmiWhereThereIsNoIpmitool() throws IOException {
        program("ipmi-dcmi", """
                [ "$*" = "--get-system-power-statistics" ] || exit 9
                cat "%s"
                """.formatted(Files.writeString(folder.resolve("said"), DcmiOutputTest.FREEIPMI)));
        var sensor = sensor(PATIENT);

        assertThat(((Available) sensor.probe()).detail()).contains("ipmi-dcmi", "164 W");
        assertThat(sensor.read()).hasSize(1);
    }

    @Test
    void isAbsentWithoutADevice() throws IOException {
        Files.delete(dev.resolve("ipmi0"));
        program("ipmitool", "exit 0");

        var unavailable = (Unavailable) sensor(PATIENT).probe();

        assertThat(unavailable.reason()).contains("There is no", "ipmi0");
        assertThat(unavailable.remedy()).contains("modprobe");
    }

    @Test
    void asksForAToolWhereNoneIsInstalled() {
        var unavailable = (Unavailable) sensor(PATIENT).probe();

        assertThat(unavailable.reason()).contains("no ipmitool or ipmi-dcmi in", programs.toString());
        assertThat(unavailable.remedy()).contains("Install");
    }

    @Test
    void isDeniedWhenTheToolIs() throws IOException {
        program("ipmitool", """
                echo "Could not open device at /dev/ipmi0 or /dev/ipmi/0 or /dev/ipmidev/0: Permission denied" >&2
                exit 1
                """);

        var unavailable = (Unavailable) sensor(PATIENT).probe();

        assertThat(unavailable.reason()).contains("Permission denied");
        assertThat(unavailable.remedy()).contains("udev");
    }

    @Test
    void aReadThatFailsIsAGap() throws IOException {
        var said = Files.writeString(folder.resolve("said"), DcmiOutputTest.IPMITOOL);
        program("ipmitool", "cat '" + said + "' || exit 1");
        var sensor = sensor(PATIENT);
        sensor.probe();
        Files.delete(said);

        assertThatThrownBy(sensor::read).isInstanceOf(IOException.class).hasMessageContaining("ended with code 1");

        Files.writeString(said, DcmiOutputTest.IPMITOOL);

        assertThat(sensor.read()).hasSize(1);
    }

    @Test
    void killsAToolThatHangsWithWhatItHasStarted() throws Exception {
        var started = folder.resolve("started");
        program("ipmitool", """
                sleep 600 &
                echo $! > "%1$s.new"
                mv "%1$s.new" "%1$s"
                wait
                """.formatted(started));
        var unavailable =
                (Unavailable) sensor(new IpmiSettings(Duration.ofSeconds(3))).probe();

        assertThat(unavailable.reason()).contains("ipmitool", "no answer within 3000 ms");
        assertThat(unavailable.remedy()).contains("ipmi.timeout.ms");
        assumeTrue(Files.exists(started), "The script was killed before it had started anything");
        long sleeping = Long.parseLong(Files.readString(started).trim());
        awaitThat(() -> isGone(sleeping));
    }

    @Test
    void anInterruptEndsTheToolAndIsKept() throws Exception {
        program("ipmitool", "exec sleep 600.25");
        Thread.currentThread().interrupt();

        var unavailable = (Unavailable) sensor(PATIENT).probe();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(unavailable.reason()).contains("interrupted");
        awaitThat(() -> ProcessHandle.current()
                .children()
                .noneMatch(process -> process.info().commandLine().orElse("").contains("sleep 600.25")));
    }

    @Test
    void hasATimeoutThatCanBeSet() {
        var definition = IpmiSettings.define(new ConfigDef());

        assertThat(IpmiSettings.from(definition.parse(Map.of())).timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(IpmiSettings.from(definition.parse(Map.of("ipmi.timeout.ms", "250")))
                        .timeout())
                .isEqualTo(Duration.ofMillis(250));
        assertThatThrownBy(() -> definition.parse(Map.of("ipmi.timeout.ms", "1")))
                .hasMessageContaining("ipmi.timeout.ms");
    }

    /** What is dead and not yet reaped is gone too; whoever inherits orphans may never do it. */
    private static boolean isGone(long pid) throws IOException {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return true;
        }
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void awaitThat(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited for long enough").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private IpmiSensor sensor(IpmiSettings settings) {
        return new IpmiSensor(dev, programs.toString(), settings);
    }

    private void program(String name, String script) throws IOException {
        var file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
