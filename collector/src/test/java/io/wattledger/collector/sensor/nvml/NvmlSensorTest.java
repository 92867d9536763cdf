package io.wattledger.collector.sensor.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.counter.CounterChange;
import io.wattledger.accounting.counter.CounterRead;
import io.wattledger.accounting.counter.CounterTrack;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a library in C that answers like NVML. */
class NvmlSensorTest {
    /** As an H100 and a GeForce RTX 2080 SUPER showed themselves in 2026, with energies and UUIDs of our own. */
    private static final String SERVER = """
            count 2
            0.uuid GPU-8932f937-d72c-4106-c12f-20bd9faed9f6
            0.name NVIDIA H100 80GB HBM3
            0.energy 1000000
            0.power 69850
            0.limit 700000
            0.util 0
            1.uuid GPU-8932aaaa-0000-4106-c12f-000000000001
            1.name NVIDIA GeForce RTX 2080 SUPER
            1.power 37620
            1.limit 250000
            1.util 8
            """;

    private static final Device GPU_0 = new Device("gpu-0", null, Component.GPU, "NVML_ENERGY");
    private static final Device GPU_1 = new Device("gpu-1", null, Component.GPU, "NVML_POWER");

    private static final long SECOND_MICROS = 1_000_000;

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(1_000_000_000);
    private Instant wall = Instant.ofEpochSecond(1_800_000_000);
    private StubNvml stub;
    private NvmlSensor sensor;

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        stub = StubNvml.in(folder);
        sensor = sensor(GpuSettings.NONE, Map.of());
    }

    @AfterEach
    void close() {
        if (sensor != null) {
            sensor.close();
        }
    }

    // What is read.

    @Test
    void readsTheEnergyCounterWhereThereIsOneAndElseThePower() throws IOException {
        stub.answers(SERVER);

        var available = (Available) sensor.probe();

        assertThat(available.devices()).containsExactly(GPU_0, GPU_1);
        assertThat(available.detail())
                .contains(
                        "gpu-0 NVIDIA H100 80GB HBM3 by energy counter",
                        "gpu-1 NVIDIA GeForce RTX 2080 SUPER by power");
        assertThat(sensor.read())
                .containsExactly(
                        new EnergyCounter(GPU_0, 1_000_000_000L, 0, new Power(1_400_000), 50),
                        new PowerLevel(GPU_1, new Power(37_620), 50));
    }

    @Test
    void namesTheModelsOfTheBoardsThatAreMeasured() throws IOException {
        stub.answers(SERVER);
        sensor.probe();

        assertThat(sensor.gpuModels()).containsExactly("NVIDIA H100 80GB HBM3", "NVIDIA GeForce RTX 2080 SUPER");
    }

    @Test
    void whatItReadsUnderLoadIsWhatTheBoardsDrew() throws IOException {
        stub.answers(SERVER);
        sensor.probe();
        var before = energy(sensor.read());

        // Ten seconds at what the two drivers showed under load: 633 W and 98.55 W.
        stub.answers(SERVER + "0.energy 7330000\n0.power 633000\n0.util 100\n1.power 98550\n");
        var readings = sensor.read();

        var change = change(before, energy(readings), Duration.ofSeconds(10));
        assertThat(change).isInstanceOf(CounterChange.Normal.class);
        assertThat(change.energy()).contains(new Energy(6_330_000));
        assertThat(readings).contains(new PowerLevel(GPU_1, new Power(98_550), 50));
    }

    @Test
    void aBoardThatTellsNoLimitGetsOneThatHoldsTheLargestBoards() throws IOException {
        stub.answers("count 1\n0.uuid GPU-1\n0.name NVIDIA X\n0.energy 5\n");
        sensor.probe();

        assertThat(energy(sensor.read()).limit()).isEqualTo(Power.ofWatts(3000));
    }

    @Test
    void aCounterThatStartsAnewWithTheDriverIsAReset() throws IOException {
        stub.answers(SERVER);
        sensor.probe();
        var before = energy(sensor.read());

        stub.answers(SERVER + "0.energy 120\n");
        var after = energy(sensor.read());

        assertThat(after.microjoules()).isEqualTo(120_000);
        assertThat(change(before, after, Duration.ofSeconds(1))).isInstanceOf(CounterChange.Reset.class);
    }

    @Test
    void anEnergyThatCannotBeIsNotRead() throws IOException {
        stub.answers("count 1\n0.uuid GPU-1\n0.name NVIDIA X\n0.energy 5\n");
        sensor.probe();

        stub.answers("count 1\n0.uuid GPU-1\n0.name NVIDIA X\n0.energy 18446744073709551615\n");

        assertThatThrownBy(sensor::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gpu-0")
                .hasMessageContaining("18446744073709551615 mJ");
    }

    @Test
    void aLostBoardIsMissingAndTheOthersAreRead() throws IOException {
        stub.answers(SERVER);
        sensor.probe();

        stub.answers(SERVER + "0.energy !15\n");

        assertThat(sensor.read()).containsExactly(new PowerLevel(GPU_1, new Power(37_620), 50));
    }

    @Test
    void onlyWhenAllAreLostTheReadFails() throws IOException {
        stub.answers(SERVER);
        sensor.probe();

        stub.answers(SERVER + "0.energy !15\n1.power !15\n");

        assertThatThrownBy(sensor::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gpu-0")
                .hasMessageContaining("gpu-1")
                .hasMessageContaining("GPU is lost (15)");
    }

    @Test
    void aReadThatFailsOnceIsAGapAndNothingMore() throws IOException {
        stub.answers(SERVER);
        sensor.probe();
        var before = energy(sensor.read());

        stub.answers(SERVER + "0.energy !999\n");
        assertThat(sensor.read()).hasSize(1);
        stub.answers(SERVER + "0.energy 1140000\n");

        assertThat(change(before, energy(sensor.read()), Duration.ofSeconds(2)).energy())
                .contains(new Energy(140_000));
    }

    @Test
    void zeroWattsAreAReading() throws IOException {
        stub.answers("count 1\n0.uuid GPU-1\n0.name NVIDIA X\n0.power 0\n");
        sensor.probe();

        assertThat(sensor.read())
                .extracting(reading -> ((PowerLevel) reading).power())
                .containsExactly(Power.ZERO);
    }

    @Test
    void withAnOldDriverPowerIsRead() throws IOException, InterruptedException {
        sensor.close();
        stub = StubNvml.in(Files.createDirectory(folder.resolve("old")), "-DOLD_DRIVER");
        sensor = sensor(GpuSettings.NONE, Map.of());
        stub.answers(SERVER + "0.util 60\n0.compute 31 32\n0.graphics 33\n");

        sensor.probe();

        assertThat(sensor.read()).allMatch(reading -> reading instanceof PowerLevel);
        assertThat(sensor.sinceLast()).containsEntry("gpu-0", Map.of(31L, 200, 32L, 200, 33L, 200));
    }

    // The model.

    @Test
    void aBoardThatTellsNeitherIsModelledFromItsTdpAndUtilisation() throws IOException {
        stub.answers("count 1\n0.uuid GPU-1\n0.name Tesla T4\n0.util 50\n");

        var available = (Available) sensor.probe();

        var device = new Device("gpu-0", null, Component.GPU, "MODEL_GPU_LOAD");
        assertThat(available.devices()).containsExactly(device);
        assertThat(available.detail()).contains("TDP 70 W (mlco2/impact 2026)");
        // 70 W × (0.12 + 0.90 × 0.5); band 0.25 of 0.57.
        assertThat(sensor.read()).containsExactly(new PowerLevel(device, Power.ofWatts(39.9), 439));
    }

    @Test
    void theModelFollowsTheLoad() throws IOException {
        stub.answers("count 1\n0.uuid GPU-1\n0.name Tesla T4\n0.util 0\n");
        sensor.probe();
        var idle = ((PowerLevel) sensor.read().get(0)).power();

        stub.answers("count 1\n0.uuid GPU-1\n0.name Tesla T4\n0.util 100\n");

        assertThat(idle).isEqualTo(Power.ofWatts(8.4));
        assertThat(((PowerLevel) sensor.read().get(0)).power()).isEqualTo(Power.ofWatts(71.4));
    }

    @Test
    void theTdpOfAnUnknownBoardIsItsLimitOrWhatTheUserSays() throws IOException {
        var text = "count 1\n0.uuid GPU-1\n0.name NVIDIA Quadro P400\n0.util 100\n";
        stub.answers(text);
        assertThat(((Unavailable) sensor.probe()).reason()).contains("Quadro P400", "gpu.tdp.watts");

        sensor = sensor(new GpuSettings(null, 30), Map.of());
        sensor.probe();
        assertThat(((PowerLevel) sensor.read().get(0)).power()).isEqualTo(Power.ofWatts(30.6));
        sensor.close();

        stub.answers(text + "0.limit 50000\n");
        sensor.probe();
        assertThat(((PowerLevel) sensor.read().get(0)).power()).isEqualTo(Power.ofWatts(51));
    }

    // What is chosen.

    @Test
    void measuresWhatTheSettingChooses() throws IOException {
        stub.answers(SERVER);

        assertThat(chosen(new GpuSettings("1", null), Map.of())).containsExactly("gpu-1");
        assertThat(chosen(new GpuSettings("GPU-8932f", null), Map.of())).containsExactly("gpu-0");
        assertThat(chosen(new GpuSettings("all", null), Map.of("CUDA_VISIBLE_DEVICES", "1")))
                .containsExactly("gpu-0", "gpu-1");
    }

    @Test
    void honoursTheVariableOfCuda() throws IOException {
        stub.answers(SERVER);

        assertThat(chosen(GpuSettings.NONE, Map.of("CUDA_VISIBLE_DEVICES", "1")))
                .containsExactly("gpu-1");
    }

    @Test
    void choosingNothingIsNotTheSameAsHavingNothing() throws IOException {
        stub.answers(SERVER);

        for (var sensor : List.of(
                sensor(new GpuSettings("none", null), Map.of()),
                sensor(GpuSettings.NONE, Map.of("CUDA_VISIBLE_DEVICES", "-1")))) {
            var unavailable = (Unavailable) sensor.probe();
            assertThat(unavailable.reason()).contains("None of the GPUs");
            assertThat(unavailable.remedy()).contains("gpu.devices");
        }
        assertThat(stub.users()).isZero();
    }

    @Test
    void aPartOfABoardStandsForTheBoard() throws IOException {
        stub.answers(SERVER + mig());
        var sensor = sensor(new GpuSettings("MIG-bbbb", null), Map.of());

        var available = (Available) sensor.probe();

        assertThat(available.devices()).containsExactly(GPU_0);
        assertThat(available.detail()).contains("MIG-bbbb is a part of gpu-0");
        sensor.close();
    }

    // Who has used it.

    @Test
    void tellsWhatProcessesHaveUsedOnAverageSinceTheLastCall() throws IOException {
        var earlier = sample(30, 0, 100);
        stub.answers(SERVER + "0.samples " + earlier + "\n1.samples !6\n");
        sensor.probe();

        pass(Duration.ofSeconds(2));
        var samples = String.join(" ", earlier, sample(31, -1, 80), sample(31, 0, 40), sample(32, 0, 15));
        stub.answers(SERVER + "0.samples " + samples + "\n1.samples !6\n");

        // 31 was at 80 % of one second and 40 % of another; 32 at 15 % of both; 30 had been there before.
        assertThat(sensor.sinceLast()).isEqualTo(Map.of("gpu-0", Map.of(31L, 600, 32L, 150), "gpu-1", Map.of()));
    }

    @Test
    void aProcessThatHasGoneIsAbsent() throws IOException {
        stub.answers(SERVER + "1.samples !6\n0.samples !6\n");
        sensor.probe();
        pass(Duration.ofSeconds(1));
        stub.answers(SERVER + "1.samples !6\n0.samples " + sample(31, 0, 80) + "\n");
        assertThat(sensor.sinceLast()).containsEntry("gpu-0", Map.of(31L, 800));

        pass(Duration.ofSeconds(1));

        assertThat(sensor.sinceLast()).containsEntry("gpu-0", Map.of());
    }

    @Test
    void neverTellsMoreThanTheWholeDevice() throws IOException {
        stub.answers(SERVER);
        sensor.probe();
        pass(Duration.ofSeconds(1));
        stub.answers(
                SERVER + "0.samples " + sample(31, 0, 90) + " " + sample(32, 0, 90) + " " + sample(33, 0, 20) + "\n");

        assertThat(sensor.sinceLast().get("gpu-0")).isEqualTo(Map.of(31L, 450, 32L, 450, 33L, 100));
    }

    @Test
    void leavesOutWhatDriversMakeUp() throws IOException {
        stub.answers(SERVER);
        sensor.probe();
        pass(Duration.ofSeconds(1));
        stub.answers(SERVER + "0.samples " + sample(31, 0, 4_000_000) + " " + sample(32, 0, 50) + "\n");

        assertThat(sensor.sinceLast().get("gpu-0")).isEqualTo(Map.of(32L, 500));
    }

    @Test
    void goesOnWhenTheClockWasSetBack() throws IOException {
        stub.answers(SERVER + "0.samples " + sample(31, 0, 50) + "\n");
        sensor.probe();

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        wall = wall.minusSeconds(3600);
        stub.answers(SERVER + "0.samples " + sample(31, 1, 50) + "\n");

        assertThat(sensor.sinceLast().get("gpu-0")).isEqualTo(Map.of(31L, 500));
    }

    @Test
    void readsMoreSamplesThanThereWasRoomFor() throws IOException {
        stub.answers(SERVER);
        sensor.probe();
        pass(Duration.ofSeconds(1));
        var many = IntStream.rangeClosed(1, 500).mapToObj(pid -> sample(pid, 0, pid == 77 ? 100 : 0));
        stub.answers(SERVER + "0.samples " + many.collect(Collectors.joining(" ")) + "\n");

        assertThat(sensor.sinceLast().get("gpu-0")).isEqualTo(Map.of(77L, 1000));
    }

    @Test
    void whereUseIsNotToldByProcessAllThatRunShareIt() throws IOException {
        stub.answers(SERVER + "0.util 60\n0.compute 31 32 33\n0.graphics 33 34\n1.compute !15\n");
        sensor.probe();

        assertThat(sensor.sinceLast()).isEqualTo(Map.of("gpu-0", Map.of(31L, 150, 32L, 150, 33L, 150, 34L, 150)));
    }

    @Test
    void aBoardThatDoesNotTellIsAbsent() throws IOException {
        stub.answers(SERVER + "0.samples !15\n1.samples !6\n");
        sensor.probe();

        assertThat(sensor.sinceLast()).isEqualTo(Map.of("gpu-1", Map.of()));
    }

    @Test
    void instancesAreUsedByTheProcessesOnThem() throws IOException {
        stub.answers(SERVER + mig() + "0.mig.0.compute 41 42\n0.mig.2.compute 42\n1.samples !6\n");
        sensor.probe();

        // 3 of 7 slices for two processes, 1 of 7 for one of them.
        assertThat(sensor.sinceLast()).containsEntry("gpu-0", Map.of(41L, 215, 42L, 214 + 143));
    }

    @Test
    void aDividedBoardWithoutProcessesIsUnused() throws IOException {
        stub.answers(SERVER + mig() + "0.mig.0.compute \n0.mig.2.compute \n1.samples !6\n");
        sensor.probe();

        assertThat(sensor.sinceLast()).containsEntry("gpu-0", Map.of());
    }

    // Why it cannot be used.

    @Test
    void loadsNothingWhereThereIsNoSuchHardware() throws IOException {
        stub.answers(SERVER);
        Files.createDirectory(folder.resolve("proc"));
        pciDevice("0000:00:1f.0", "0x8086");

        var unavailable = (Unavailable) sensor.probe();

        assertThat(unavailable.reason()).contains("no sign of an NVIDIA GPU", "0x10de");
    }

    @Test
    void aDeviceOnTheBusOrOfTheDriverIsReasonToTry() throws IOException {
        stub.answers(SERVER);
        Files.createDirectory(folder.resolve("proc"));

        pciDevice("0000:3b:00.0", "0x10de");
        assertThat(sensor.probe()).isInstanceOf(Available.class);

        pciDevice("0000:3b:00.0", "0x1002");
        assertThat(sensor.probe()).isInstanceOf(Unavailable.class);

        Files.createDirectory(folder.resolve("dev"));
        Files.createFile(folder.resolve("dev/nvidiactl"));
        assertThat(sensor.probe()).isInstanceOf(Available.class);
    }

    @Test
    void withoutTheLibraryThereIsNoDriver() {
        var unavailable = (Unavailable) absent(folder).probe();

        assertThat(unavailable.reason()).contains("libnvidia-ml-absent.so", "No such file", "no NVIDIA driver");
        assertThat(unavailable.remedy()).contains("install its driver");
    }

    @Test
    void aContainerWithoutTheLibraryIsToldHowToGetIt() throws IOException {
        var version = folder.resolve("proc/driver/nvidia/version");
        Files.createDirectories(version.getParent());
        Files.writeString(version, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  590.48.01\n");

        var unavailable = (Unavailable) absent(folder).probe();

        assertThat(unavailable.reason()).contains("though an NVIDIA driver is loaded");
        assertThat(unavailable.remedy()).contains("--gpus all", "NVIDIA Container Toolkit");
    }

    @Test
    void eachFailureToStartHasARemedyOfItsOwn() throws IOException {
        assertThat(startedWith(18)).satisfies(unavailable -> {
            assertThat(unavailable.reason()).contains("version mismatch (18)");
            assertThat(unavailable.remedy()).contains("reboot");
        });
        assertThat(startedWith(4)).satisfies(unavailable -> {
            assertThat(unavailable.reason()).contains("Insufficient Permissions (4)");
            assertThat(unavailable.remedy()).contains("/dev/nvidiactl", "group");
        });
        assertThat(startedWith(9)).satisfies(unavailable -> {
            assertThat(unavailable.reason()).contains("Driver Not Loaded (9)");
            assertThat(unavailable.remedy()).contains("modprobe nvidia");
        });
        assertThat(startedWith(999).remedy()).contains("nvidia-smi");
    }

    @Test
    void noBoardsAreNotTheSameAsNoLibrary() throws IOException {
        stub.answers("count 0\n");

        assertThat(((Unavailable) sensor.probe()).reason()).contains("sees no GPU");
        assertThat(stub.users()).isZero();
    }

    @Test
    void aBoardThatIsDeniedIsLeftOutAndSaid() throws IOException {
        stub.answers(SERVER + "0.handle !4\n");

        var available = (Available) sensor.probe();

        assertThat(available.devices()).containsExactly(GPU_1);
        assertThat(available.detail()).contains("without gpu-0", "Insufficient Permissions (4)");
    }

    @Test
    void aBoardThatFailsIsNotModelled() throws IOException {
        stub.answers("count 1\n0.uuid GPU-1\n0.name Tesla T4\n0.util 50\n0.energy !15\n");

        assertThat(((Unavailable) sensor.probe()).reason()).contains("gpu-0 Tesla T4", "GPU is lost (15)");
    }

    @Test
    void closingLetsGoOfTheDriver() throws IOException {
        stub.answers(SERVER);
        sensor.probe();
        sensor.probe();
        assertThat(stub.users()).isOne();

        sensor.close();
        sensor.close();

        assertThat(stub.users()).isZero();
    }

    private void pciDevice(String address, String vendor) throws IOException {
        var device =
                Files.createDirectories(folder.resolve("sys/bus/pci/devices").resolve(address));
        Files.writeString(device.resolve("vendor"), vendor + "\n");
    }

    private Unavailable startedWith(int status) throws IOException {
        stub.answers("init !" + status + "\n");
        return (Unavailable) sensor.probe();
    }

    private NvmlSensor absent(Path root) {
        return new NvmlSensor(
                List.of(folder.resolve("libnvidia-ml-absent.so").toString()),
                root,
                GpuSettings.NONE,
                Map.of(),
                () -> wall,
                nanos::get);
    }

    private NvmlSensor sensor(GpuSettings settings, Map<String, String> environment) {
        return new NvmlSensor(List.of(stub.library()), folder, settings, environment, () -> wall, nanos::get);
    }

    private List<String> chosen(GpuSettings settings, Map<String, String> environment) {
        var sensor = sensor(settings, environment);
        var available = (Available) sensor.probe();
        sensor.close();
        return available.devices().stream().map(Device::name).toList();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wall = wall.plus(time);
    }

    /** What a driver has seen of a process up to so many seconds from now. */
    private String sample(int pid, int seconds, int percent) {
        return pid + ":" + (wall.toEpochMilli() * 1000 + seconds * SECOND_MICROS) + ":" + percent;
    }

    /** The first board divided into a part of three slices and one of one; the part between was given up. */
    private static String mig() {
        return """
                0.mig 1
                0.instances 7
                0.mig.0.uuid MIG-aaaa0000-0000-5000-8000-000000000001
                0.mig.0.slices 3
                0.mig.2.uuid MIG-bbbb0000-0000-5000-8000-000000000002
                0.mig.2.slices 1
                """;
    }

    private static EnergyCounter energy(List<Reading> readings) {
        return readings.stream()
                .filter(EnergyCounter.class::isInstance)
                .map(EnergyCounter.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static CounterChange change(EnergyCounter before, EnergyCounter after, Duration time) {
        return CounterChange.of(
                CounterTrack.startingAt(before.microjoules()),
                new CounterRead(after.microjoules(), after.rangeMicrojoules(), after.limit(), time, false));
    }
}
