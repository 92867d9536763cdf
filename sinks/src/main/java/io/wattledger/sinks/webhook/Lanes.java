package io.wattledger.sinks.webhook;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lanes beside one another. Events with the same key are in the same one, so they stay in order. */
final class Lanes implements AutoCloseable {
    private final List<Lane> lanes;
    private final ExecutorService threads;

    Lanes(int number, String name) {
        lanes = Stream.generate(Lane::new).limit(number).toList();
        var started = new AtomicInteger();
        threads = Executors.newFixedThreadPool(number, work -> {
            var thread = new Thread(work, "wattledger-" + name + "-" + started.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void add(List<Event> events, int most) {
        Map<Lane, List<Event>> byLane = events.stream().collect(groupingBy(this::laneOf, LinkedHashMap::new, toList()));
        byLane.forEach((lane, its) -> lane.add(its, most));
    }

    private Lane laneOf(Event event) {
        return lanes.get(Math.floorMod(event.subject().hashCode(), lanes.size()));
    }

    void retain(Predicate<Event> wanted) {
        lanes.forEach(lane -> lane.retain(wanted));
    }

    List<Lane.Outcome> takeOutcomes() {
        return lanes.stream().flatMap(lane -> lane.takeOutcomes().stream()).toList();
    }

    /**
     * Tells all that there is, and waits until each lane has told all it has or has failed.
     *
     * @throws TargetRefusedException when one lane was refused whatever it sends
     * @throws TargetUnavailableException when there is something left; with the longest wait that a lane was asked for
     */
    void tell(Dialect dialect, Post post) throws TargetUnavailableException {
        var work = new ArrayList<Callable<Void>>();
        for (var lane : lanes) {
            if (!lane.isEmpty()) {
                work.add(() -> {
                    lane.tell(dialect, post);
                    return null;
                });
            }
        }
        TargetUnavailableException failure = null;
        try {
            for (var done : threads.invokeAll(work)) {
                try {
                    done.get();
                } catch (ExecutionException e) {
                    failure = longer(failure, unavailable(e.getCause()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = new TargetUnavailableException("Interrupted while sending", e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static TargetUnavailableException unavailable(@Nullable Throwable cause) {
        if (cause instanceof TargetUnavailableException unavailable) {
            return unavailable;
        }
        if (cause instanceof RuntimeException error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }

    private static TargetUnavailableException longer(
            @Nullable TargetUnavailableException one, TargetUnavailableException other) {
        return one == null || wait(other).compareTo(wait(one)) > 0 ? other : one;
    }

    private static Duration wait(TargetUnavailableException failure) {
        return failure.retryAfter().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
