package io.wattledger.collector.sensor;

import io.wattledger.accounting.counter.CounterPath;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A sensor that takes too long to be asked with each sample, such as the management controller of a server, which answers in
 * seconds and dislikes to be asked often. It is asked in the background. A level holds until the next answer; a counter goes
 * on evenly from its answer before to its newest one, so that each sample gets its part, one interval late.
 */
public final class PolledSensor implements PowerSensor {
    /** An answer counts for this many intervals; when no other has come by then, the device is missing from samples. */
    private static final int INTERVALS_AN_ANSWER_HOLDS = 3;

    private record Answer(List<Reading> readings, long nanos) {}

    private final PowerSensor slow;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private final Thread poller;
    private @Nullable Answer before;
    private @Nullable Answer answer;
    private @Nullable IOException failure;
    private boolean closed;

    /** Asks {@code slow} once in an interval, beginning when it was found to work. */
    public PolledSensor(PowerSensor slow, Duration interval) {
        this(slow, interval, System::nanoTime);
    }

    PolledSensor(PowerSensor slow, Duration interval, LongSupplier nanoTime) {
        this.slow = slow;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.poller = new Thread(this::poll, "poll-" + slow.name());
        this.poller.setDaemon(true);
    }

    @Override
    public String name() {
        return slow.name();
    }

    @Override
    public Set<Component> components() {
        return slow.components();
    }

    @Override
    public Availability probe() {
        var found = slow.probe();
        if (found instanceof Availability.Available) {
            poller.start();
        }
        return found;
    }

    @Override
    public synchronized List<Reading> read() throws IOException {
        var last = answer;
        if (last != null && nanoTime.getAsLong() - last.nanos <= INTERVALS_AN_ANSWER_HOLDS * interval.toNanos()) {
            return last.readings.stream().map(reading -> now(reading, last)).toList();
        }
        var why = failure;
        if (why != null) {
            throw new IOException(why.getMessage(), why);
        }
        throw new IOException("it has not answered" + (last == null ? " yet" : " lately"));
    }

    private Reading now(Reading reading, Answer last) {
        var first = before;
        if (first == null || !(reading instanceof EnergyCounter counter)) {
            return reading;
        }
        for (var earlier : first.readings) {
            if (earlier instanceof EnergyCounter from && from.device().equals(counter.device())) {
                var path = new CounterPath(
                        from.microjoules(), counter.microjoules(), Duration.ofNanos(last.nanos - first.nanos));
                var value = path.after(Duration.ofNanos(nanoTime.getAsLong() - last.nanos));
                return new EnergyCounter(
                        counter.device(),
                        value,
                        counter.rangeMicrojoules(),
                        counter.limit(),
                        counter.bandThousandths());
            }
        }
        return reading;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        poller.interrupt();
        slow.close();
    }

    private void poll() {
        try {
            long next = nanoTime.getAsLong();
            while (waitUntil(next)) {
                ask();
                next = Math.max(nanoTime.getAsLong(), next + interval.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean waitUntil(long nanos) throws InterruptedException {
        for (long left = nanos - nanoTime.getAsLong(); left > 0 && !closed; left = nanos - nanoTime.getAsLong()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !closed;
    }

    private void ask() {
        try {
            var readings = slow.read();
            synchronized (this) {
                before = answer;
                answer = new Answer(readings, nanoTime.getAsLong());
                failure = null;
            }
        } catch (IOException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }
}
