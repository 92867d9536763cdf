package io.wattledger.collector.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Power;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PolledSensorTest {
    private static final Device HOST = new Device("host", null, Component.HOST, "IPMI_DCMI");
    private static final int FAILS = -1;

    /** What the slow sensor answers next; it waits until there is something. */
    private final SynchronousQueue<Integer> answers = new SynchronousQueue<>();

    private final AtomicLong nanos = new AtomicLong();
    private final PolledSensor sensor = new PolledSensor(new Slow(), Duration.ofMillis(1), nanos::get);

    @AfterEach
    void stop() {
        sensor.close();
    }

    @Test
    void neverWaitsForTheSensorAndGivesTheNewestAnswer() throws Exception {
        sensor.probe();
        assertThatThrownBy(sensor::read).isInstanceOf(IOException.class).hasMessageContaining("not answered yet");

        answers.put(240);
        awaitAnswer("240 W");
        assertThat(answer()).isEqualTo("240 W");

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        answers.put(250);
        awaitAnswer("250 W");
    }

    @Test
    void anAnswerHoldsForAWhileAndThenTheDeviceIsMissingWithTheReason() throws Exception {
        sensor.probe();
        answers.put(240);
        awaitAnswer("240 W");

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        answers.put(FAILS);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(2));
        assertThat(answer()).isEqualTo("240 W");

        nanos.addAndGet(1);
        awaitAnswer("the controller is busy");
    }

    private void awaitAnswer(String expected) {
        while (!answer().equals(expected)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private String answer() {
        try {
            var level = (Reading.PowerLevel) sensor.read().get(0);
            return Math.round(level.power().watts()) + " W";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private final class Slow implements PowerSensor {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Set<Component> components() {
            return Set.of(Component.HOST);
        }

        @Override
        public Availability probe() {
            return new Availability.Available(List.of(HOST), "asked");
        }

        @Override
        public List<Reading> read() throws IOException {
            try {
                int watts = answers.take();
                if (watts == FAILS) {
                    throw new IOException("the controller is busy");
                }
                return List.of(new Reading.PowerLevel(HOST, Power.ofWatts(watts), 50));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
