package io.wattledger.collector.session;

import static io.wattledger.collector.session.FakeHost.MILLI;
import static io.wattledger.collector.session.FakeHost.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.collector.control.CollectorException;
import io.wattledger.collector.control.FunctionalUnits;
import io.wattledger.collector.control.ListedRun;
import io.wattledger.collector.control.RunEnd;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    @TempDir
    Path folder;

    private FakeHost host;

    @BeforeEach
    void makeHost() {
        host = new FakeHost(folder);
    }

    @Test
    void givesARunOfOneAndAHalfSecondsItsEnergyToTheMillijoule() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.work("a", 900);
        host.pass(1000);
        session.tick();
        host.pass(500);
        var ended = session.end("a", new RunEnd(0, null, 1300 * MILLI, null));

        assertThat(energy()).isEqualTo(1500);
        assertThat(ended.firstSeq()).isEqualTo(1);
        assertThat(ended.lastSeq()).isEqualTo(2);
        assertThat(ended.finishedMillis() - ended.startedMillis()).isEqualTo(1500);
        assertThat(ended.cpuNanos()).isEqualTo(1300 * MILLI);
        assertThat(cpuMillis("a")).containsExactly(900L, 400L);
    }

    @Test
    void beginsAtTheSnapshotThatTheWrapperTookBeforeAnyCollectorWasUp() throws IOException {
        var started = host.now();
        host.pass(800);
        var session = host.startCollector();
        session.register(run("a"), started, 7L);
        host.work("a", 1200);
        assertThat(host.samples()).isEmpty();
        host.pass(1000);
        session.tick();

        var sample = single(host.samples());
        assertThat(sample.getStart().toEpochMilli()).isEqualTo(started.wallMillis());
        assertThat(sample.getReadings().get(0).getEnergyMillijoules()).isEqualTo(1800);
        assertThat(cpuMillis("a")).containsExactly(1200L);
    }

    @Test
    void cutsAtTheSnapshotsOfTwoWrappersInOrderOfTimeHoweverTheyArrive() throws IOException {
        var first = host.now();
        host.pass(300);
        var second = host.now();
        host.pass(500);
        var session = host.startCollector();
        session.register(run("later"), second, 8L);
        session.register(run("earlier"), first, 7L);
        host.work("earlier", 1800);
        host.work("later", 1500);
        host.pass(1000);
        session.tick();

        assertThat(samples()).extracting(sample -> millis(sample)).containsExactly(300L, 1500L);
        assertThat(energy()).isEqualTo(1800);
        assertThat(samples().get(0).getUsage()).extracting(Usage::getRun).containsExactly("earlier");
        assertThat(samples().get(1).getUsage()).extracting(Usage::getRun).containsExactly("later", "earlier");
        assertThat(cpuMillis("earlier")).containsExactly(300L, 1500L);
        assertThat(event("later").getFirstSeq()).isEqualTo(2);
    }

    @Test
    void endsARunThatWasOverBeforeTheCollectorWasUp() throws IOException {
        var started = host.now();
        host.pass(200);
        var ended = host.now();
        host.pass(600);
        var session = host.startCollector();
        session.register(run("a"), started, 7L);
        host.pass(1000);
        var reply = session.end("a", new RunEnd(3, ended, 150 * MILLI, null));

        assertThat(samples()).extracting(sample -> millis(sample)).containsExactly(200L);
        assertThat(reply.cpuNanos()).isEqualTo(150 * MILLI);
        assertThat(lastEvent("a").getExitCode()).isEqualTo(3);
        assertThat(lastEvent("a").getLastSeq()).isEqualTo(1);
    }

    @Test
    void anAdoptedRunBeginsNowAndEndsWithTheLastSampleInWhichItWasThere() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        host.pass(1000);
        session.tick();
        session.adopt(run("job-1"), null, "/batch/1");
        host.work("job-1", 700);
        host.pass(1000);
        session.tick();
        assertThat(session.runs()).extracting(ListedRun::group).containsExactly("/batch/1");
        host.gone.add("job-1");
        host.pass(1000);
        session.tick();

        assertThat(session.runs()).isEmpty();
        var end = lastEvent("job-1");
        assertThat(end.getFinished().toEpochMilli() - end.getStarted().toEpochMilli())
                .isEqualTo(1000);
        assertThat(end.getExitCode()).isNull();
        assertThat(cpuMillis("job-1")).containsExactly(700L);
    }

    @Test
    void anAdoptedRunIsEndedByWhoeverAsks() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.adopt(run("job-1"), null, "/batch/1");
        host.work("job-1", 300);
        host.pass(500);
        var ended = session.end("job-1", new RunEnd(2, null, null, null));

        assertThat(ended.cpuNanos()).isEqualTo(300 * MILLI);
        assertThat(lastEvent("job-1").getExitCode()).isEqualTo(2);
    }

    @Test
    void aCollectorTakesBackAnAdoptedRunThatIsStillThere() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.adopt(run("job-1"), null, "/batch/1");
        host.work("job-1", 300);
        host.pass(1000);
        session.tick();

        host.work("job-1", 200);
        host.pass(1000);
        var successor = host.startCollector();
        assertThat(successor.runs()).extracting(ListedRun::group).containsExactly("/batch/1");
        assertThatThrownBy(() -> successor.adopt(run("job-1"), null, "/batch/1"))
                .isInstanceOf(CollectorException.class);
        host.pass(10_000);
        successor.tick();

        assertThat(successor.openRuns()).isEqualTo(1);
        assertThat(cpuMillis("job-1").stream().mapToLong(Long::longValue).sum()).isEqualTo(500);
    }

    @Test
    void aCollectorEndsAnAdoptedRunThatIsGone() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.adopt(run("job-1"), null, "/batch/1");
        host.pass(1000);
        session.tick();
        host.gone.add("job-1");
        host.pass(1000);
        var successor = host.startCollector();
        host.pass(10_000);
        successor.tick();

        assertThat(successor.openRuns()).isZero();
        var end = lastEvent("job-1");
        assertThat(end.getFinished().toEpochMilli() - end.getStarted().toEpochMilli())
                .isEqualTo(1000);
    }

    @Test
    void aControlGroupIsOneRun() throws IOException {
        var session = host.startCollector();
        session.adopt(run("a"), null, "/batch/1");

        assertThatThrownBy(() -> session.adopt(run("b"), null, "/batch/1"))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining("run a");
    }

    @Test
    void processesThatAnEndedRunLeftBehindAreNoRun() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.inRun(8, "a");
        host.pass(1000);
        session.end("a", new RunEnd(0, null, null, null));

        assertThatThrownBy(() -> session.adopt(run("a"), 8L, null))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void aRunThatIsAnnouncedAgainAfterItsEndIsOpenAgain() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.adopt(run("docker-1"), null, "/docker/1");
        host.work("docker-1", 100);
        host.pass(1000);
        session.tick();
        host.gone.add("docker-1");
        host.pass(1000);
        session.tick();
        var end = lastEvent("docker-1");
        assertThat(end.getFinished()).isNotNull();

        host.pass(500);
        host.gone.clear();
        session.adopt(run("docker-1"), null, "/docker/1");
        host.work("docker-1", 300);
        host.pass(1000);
        session.tick();
        var again = events("docker-1").get(2);

        assertThat(again.getFinished()).isNull();
        assertThat(again.getStarted()).isAfter(end.getFinished());
        assertThat(again.getSession()).isEqualTo(end.getSession());
        assertThat(again.getFirstSeq()).as("whose samples are those of the run").isEqualTo(end.getFirstSeq());

        session.end("docker-1", new RunEnd(null, null, null, null));

        assertThat(lastEvent("docker-1").getFinished()).isAfter(again.getStarted());
        assertThat(cpuMillis("docker-1").stream().mapToLong(Long::longValue).sum())
                .isEqualTo(400);
    }

    @Test
    void oneSampleCoversTheTimeInWhichNothingCouldBeWritten() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.adopt(run("a"), 7L, null);
        host.pass(1000);
        session.tick();
        int before = host.samples().size();
        host.fillDisk();
        for (int second = 0; second < 5; second++) {
            host.work("a", 100);
            host.pass(1000);
            assertThatThrownBy(session::tick).isInstanceOf(IOException.class);
        }
        host.makeRoomOnDisk();
        host.work("a", 100);
        host.pass(1000);
        session.tick();

        assertThat(host.samples()).hasSize(before + 1);
        var sample = host.samples().get(before).getSamples().get(0);
        assertThat(Duration.between(sample.getStart(), sample.getEnd())).hasMillis(6000);
        assertThat(sample.getReadings().get(0).getEnergyMillijoules()).isEqualTo(6000);
        assertThat(cpuMillis("a").stream().mapToLong(Long::longValue).sum()).isEqualTo(600);
    }

    @Test
    void aRunWhoseEndCouldNotBeWrittenEndsWithTheNextSample() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(1000);
        session.tick();
        host.fillDisk();
        host.pass(300);
        assertThatThrownBy(() -> session.abandoned("a")).isInstanceOf(IOException.class);
        host.makeRoomOnDisk();
        host.pass(700);
        session.tick();

        assertThat(lastEvent("a").getFinished()).isNotNull();
        assertThat(session.openRuns()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, 3})
    void aClockThatIsSetByDaysBeginsAnotherSessionAndNoSampleIsStretched(long days) throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.adopt(run("a"), 7L, null);
        host.pass(1000);
        session.tick();
        host.setClock(Duration.ofDays(days).toMillis());
        host.pass(1000);
        session.tick();
        host.pass(1000);
        session.end("a", new RunEnd(0, null, null, null));

        var sessions =
                host.samples().stream().map(PowerSamples::getSession).distinct().toList();
        assertThat(sessions).hasSize(2);
        var samples = host.samples().stream()
                .flatMap(record -> record.getSamples().stream())
                .toList();
        assertThat(samples).hasSize(3).allSatisfy(sample -> {
            assertThat(Duration.between(sample.getStart(), sample.getEnd())).hasMillis(1000);
            assertThat(sample.getReadings().get(0).getEnergyMillijoules()).isEqualTo(1000);
        });
        assertThat(samples.get(2).getEnd())
                .isEqualTo(Instant.ofEpochMilli(host.now().wallMillis()));
        var end = lastEvent("a");
        assertThat(end.getFinished()).isAfter(end.getStarted());
        assertThat(end.getSession()).isEqualTo(sessions.get(1));
        assertThat(end.getFirstSeq()).isEqualTo(1);
        assertThat(end.getLastSeq()).isEqualTo(2);
    }

    @Test
    void aProcessStartedSinceTheEndMayBeTheRunAgain() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.inRun(8, "a");
        host.pass(1000);
        session.end("a", new RunEnd(0, null, null, null));
        host.pass(1000);

        session.adopt(run("a"), 9L, null);

        assertThat(session.openRuns()).isEqualTo(1);
    }

    @Test
    void theEndOfARunSaysTheWorkItHasDone() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(1000);
        session.tick();
        assertThat(event("a").getFunctionalUnit()).isNull();
        session.end("a", new RunEnd(0, null, null, new FunctionalUnits("request", 1200)));

        assertThat(lastEvent("a").getFunctionalUnit()).isEqualTo("request");
        assertThat(lastEvent("a").getFunctionalUnits()).isEqualTo(1200);
    }

    @Test
    void sharesOneRowOfSamplesAmongRunsThatOverlap() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(400);
        session.register(run("b"), null, 8L);
        host.pass(300);
        session.tick();
        host.pass(200);
        session.end("a", new RunEnd(0, null, null, null));
        host.pass(100);
        session.end("b", new RunEnd(0, null, null, null));

        assertThat(samples()).extracting(sample -> millis(sample)).containsExactly(400L, 300L, 200L, 100L);
        assertThat(energy()).isEqualTo(1000);
        assertThat(samples())
                .extracting(
                        sample -> sample.getUsage().stream().map(Usage::getRun).toList())
                .containsExactly(List.of("a"), List.of("a", "b"), List.of("a", "b"), List.of("b"));
        assertContiguous();
        assertThat(lastEvent("a").getLastSeq()).isEqualTo(3);
        assertThat(lastEvent("b").getFirstSeq()).isEqualTo(2);
    }

    @Test
    void doesNotSampleWithoutRunsAndBeginsAnotherSessionAfterAPause() throws IOException {
        var session = host.startCollector();
        session.tick();
        session.register(run("a"), null, 7L);
        host.pass(500);
        session.end("a", new RunEnd(0, null, null, null));
        host.pass(60_000);
        session.tick();
        session.register(run("b"), null, 8L);
        host.pass(500);
        session.end("b", new RunEnd(0, null, null, null));

        assertThat(energy()).isEqualTo(1000);
        assertThat(host.samples()).extracting(PowerSamples::getSession).doesNotHaveDuplicates();
        assertThat(lastEvent("b").getFirstSeq()).isEqualTo(1);
        assertThat(session.session()).isEmpty();
    }

    @Test
    void samplesAllTheTimeWhenToldTo() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        host.pass(1000);
        session.tick();
        host.pass(400);
        session.register(run("a"), null, 7L);
        host.pass(600);
        session.end("a", new RunEnd(0, null, null, null));
        host.pass(1000);
        session.tick();

        assertThat(samples()).extracting(sample -> millis(sample)).containsExactly(1000L, 400L, 600L, 1000L);
        assertThat(samples()).extracting(sample -> sample.getUsage().size()).containsExactly(0, 0, 1, 0);
        assertContiguous();
    }

    @Test
    void staysContiguousWhenTheClockIsSetBackAndKeepsTheEnergy() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(1000);
        session.tick();
        host.setClock(-3_600_000);
        for (int i = 0; i < 5; i++) {
            host.pass(1000);
            session.tick();
        }
        host.setClock(7_200_000);
        host.pass(1000);
        session.end("a", new RunEnd(0, null, null, null));

        assertContiguous();
        assertThat(samples()).allMatch(sample -> sample.getEnd().isAfter(sample.getStart()));
        assertThat(energy()).isEqualTo(7000);
        assertThat(samples()).allMatch(sample -> sample.getCapacityCpuTimeNanos() == 2 * 1000 * MILLI);
    }

    @Test
    void endsARunWhoseWrapperIsGoneAsOfTheLastSample() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(1000);
        session.tick();
        host.pass(500);
        session.abandoned("a");

        assertThat(energy()).isEqualTo(1000);
        assertThat(lastEvent("a").getLastSeq()).isEqualTo(1);
        assertThat(lastEvent("a").getExitCode()).isNull();
        assertThat(lastEvent("a").getFinished()).isEqualTo(samples().get(0).getEnd());
        assertThatThrownBy(() -> session.end("a", new RunEnd(0, null, null, null)))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining("no open run a");
    }

    @Test
    void givesARunWhoseWrapperDiesAtOnceASample() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(300);
        session.abandoned("a");

        assertThat(energy()).isEqualTo(300);
        assertThat(lastEvent("a").getLastSeq()).isEqualTo(1);
    }

    @Test
    void goesOnWhereAKilledCollectorStoppedWithoutGapOrOverlap() throws IOException {
        var first = host.startCollector();
        var started = host.now();
        first.register(run("a"), null, 7L);
        host.work("a", 800);
        host.pass(1000);
        first.tick();
        host.pass(700);
        var second = host.startCollector();
        second.register(run("a"), started, 7L);
        host.work("a", 900);
        host.pass(300);
        second.tick();
        host.pass(100);
        var ended = second.end("a", new RunEnd(0, null, 1750 * MILLI, null));

        assertThat(energy()).isEqualTo(2100);
        assertContiguous();
        var sessions =
                host.samples().stream().map(PowerSamples::getSession).distinct().toList();
        assertThat(sessions).hasSize(2);
        assertThat(cpuMillis("a")).containsExactly(800L, 900L, 50L);
        assertThat(ended.session()).isEqualTo(sessions.get(1));
        assertThat(lastEvent("a").getFirstSeq()).isEqualTo(1);
        assertThat(lastEvent("a").getLastSeq()).isEqualTo(2);
        assertThat(lastEvent("a").getStarted().toEpochMilli()).isEqualTo(started.wallMillis());
    }

    @Test
    void endsRunsOfADeadCollectorThatNobodyClaims() throws IOException {
        var first = host.startCollector();
        first.register(run("a"), null, 7L);
        host.pass(1000);
        first.tick();
        var session = host.samples().get(0).getSession();
        host.pass(700);
        var second = host.startCollector();
        host.pass(2000);
        second.tick();
        assertThat(second.openRuns()).isEqualTo(1);
        host.pass(4000);
        second.tick();

        assertThat(second.openRuns()).isZero();
        assertThat(energy()).isEqualTo(1000);
        assertThat(lastEvent("a").getSession()).isEqualTo(session);
        assertThat(lastEvent("a").getLastSeq()).isEqualTo(1);
        assertThat(lastEvent("a").getFinished()).isEqualTo(samples().get(0).getEnd());
    }

    @Test
    void endsRunsOfABootThatIsOver() throws IOException {
        var first = host.startCollector();
        first.register(run("a"), null, 7L);
        host.pass(1000);
        first.tick();
        host.reboot();
        host.startCollector();

        assertThat(lastEvent("a").getLastSeq()).isEqualTo(1);
    }

    @Test
    void canBeKilledTwiceInARow() throws IOException {
        var first = host.startCollector();
        first.register(run("a"), null, 7L);
        host.pass(1000);
        first.tick();
        host.pass(100);
        host.startCollector();
        host.pass(100);
        var third = host.startCollector();
        third.register(run("a"), null, 7L);
        host.pass(800);
        third.end("a", new RunEnd(0, null, null, null));

        assertThat(energy()).isEqualTo(2000);
        assertContiguous();
    }

    @Test
    void beginsAnewWhenItCannotReadWhereTheLastOneStopped() throws IOException {
        host.startCollector();
        host.leaveCheckpoint("checkpoint\tsession=x\tseq=soon");
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(500);
        session.end("a", new RunEnd(0, null, null, null));

        assertThat(energy()).isEqualTo(500);
    }

    @Test
    void goesOnWithTheSameRemainderOfTheCounter() throws IOException {
        host.alwaysSamples = true;
        var first = host.startCollector();
        host.passMicros(1_000_700);
        first.tick();
        var second = host.startCollector();
        host.passMicros(1_000_700);
        second.tick();

        assertThat(energy()).isEqualTo(2001);
    }

    @Test
    void takesOverRegardlessOfASecondRegistrationOverAnotherConnection() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(500);
        session.register(run("a"), host.now(), 7L);
        host.pass(500);
        session.end("a", new RunEnd(0, null, null, null));

        assertThat(energy()).isEqualTo(1000);
        assertThat(session.openRuns()).isZero();
    }

    @Test
    void takesTheZoneOfTheFirstRunAndKeepsItWhileThatIsOpen() throws IOException {
        var session = host.startCollector();
        assertThat(session.register(run("a", "SE"), null, 7L)).isEqualTo("SE");
        host.pass(500);
        assertThat(session.register(run("b", "DE"), null, 8L)).isEqualTo("SE");
        host.pass(500);
        session.end("a", new RunEnd(0, null, null, null));
        session.end("b", new RunEnd(0, null, null, null));
        host.pass(10);
        assertThat(session.register(run("c"), null, 8L)).isEqualTo("FR");
        host.pass(10);
        session.end("c", new RunEnd(0, null, null, null));

        assertThat(host.samples())
                .extracting(PowerSamples::getZone)
                .startsWith("SE", "SE")
                .endsWith("FR");
        assertThat(lastEvent("b").getZone()).isEqualTo("SE");
    }

    @Test
    void samplesInTheConfiguredZoneBeforeAndAfterARunOfAnother() throws IOException {
        host.alwaysSamples = true;
        var session = host.startCollector();
        host.pass(500);
        session.register(run("a", "SE"), null, 7L);
        host.pass(500);
        session.end("a", new RunEnd(0, null, null, null));
        host.pass(500);
        session.tick();

        assertThat(host.samples()).extracting(PowerSamples::getZone).containsExactly("FR", "SE", "FR");
    }

    @Test
    void samplesAsOftenAsTheMostDemandingRunAsks() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        assertThat(session.interval()).isEqualTo(Duration.ofSeconds(1));
        session.register(
                new io.wattledger.collector.control.RunStart("b", "p", null, java.util.Map.of(), null, null, null, 200),
                null,
                8L);

        assertThat(session.interval()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void cutsALastSampleWhenItIsClosed() throws IOException {
        var session = host.startCollector();
        session.register(run("a"), null, 7L);
        host.pass(700);
        session.close();

        assertThat(energy()).isEqualTo(700);
        assertThat(events("a")).hasSize(1);
    }

    private List<Sample> samples() throws IOException {
        return host.samples().stream()
                .flatMap(samples -> samples.getSamples().stream())
                .toList();
    }

    private long energy() throws IOException {
        return samples().stream()
                .flatMap(sample -> sample.getReadings().stream())
                .mapToLong(reading -> reading.getEnergyMillijoules())
                .sum();
    }

    private List<Long> cpuMillis(String run) throws IOException {
        return samples().stream()
                .flatMap(sample -> sample.getUsage().stream())
                .filter(usage -> usage.getRun().equals(run))
                .map(usage -> usage.getCpuTimeNanos() / MILLI)
                .toList();
    }

    private void assertContiguous() throws IOException {
        var samples = samples();
        for (int i = 1; i < samples.size(); i++) {
            assertThat(samples.get(i).getStart()).isEqualTo(samples.get(i - 1).getEnd());
        }
    }

    private List<RunEvent> events(String run) throws IOException {
        return host.events().stream()
                .filter(event -> event.getRun().equals(run))
                .toList();
    }

    private RunEvent event(String run) throws IOException {
        return events(run).get(0);
    }

    private RunEvent lastEvent(String run) throws IOException {
        var events = events(run);
        var last = events.get(events.size() - 1);
        assertThat(last.getLastSeq()).isNotNull();
        return last;
    }

    private static Sample single(List<PowerSamples> samples) {
        assertThat(samples).hasSize(1);
        assertThat(samples.get(0).getSamples()).hasSize(1);
        return samples.get(0).getSamples().get(0);
    }

    private static long millis(Sample sample) {
        return Duration.between(sample.getStart(), sample.getEnd()).toMillis();
    }
}
