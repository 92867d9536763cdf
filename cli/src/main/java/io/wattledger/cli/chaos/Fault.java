package io.wattledger.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Something that goes wrong.
 *
 * @param host the number of the host it happens to, where it happens to one
 * @param after time since the fault before
 * @param length how long it lasts; of a kill, how long nobody starts the process again
 * @param whenReady whether what is to be killed is first let come up, should it just be starting
 */
record Fault(Kind kind, int host, Duration after, Duration length, boolean whenReady) {
    private static final int SHORTEST_PAUSE_MILLIS = 200;
    private static final int LONGEST_PAUSE_MILLIS = 3_000;
    private static final int LONGEST_ABSENCE_MILLIS = 1_500;
    private static final int SHORTEST_FAULT_MILLIS = 1_000;
    private static final int LONGEST_FAULT_MILLIS = 5_000;
    private static final int KILLS_PER_OTHER = 15;

    /** What can go wrong. */
    enum Kind {
        KILL_BROKER("broker killed", 3, false),
        KILL_REGISTRY("registry killed", 1, false),
        KILL_CONNECT("Connect killed", 3, false),
        KILL_STREAMS("streams killed", 4, false),
        KILL_COLLECTOR("collector killed", 4, true),
        FILL_BROKER_DISK("disk of the broker full", 0, false),
        FILL_COLLECTOR_DISK("disk of a collector full", 0, true),
        CUT_CONNECTIONS("connections to the broker cut", 0, false),
        PULL_OUT_CABLE("cable to the broker pulled out", 0, false),
        REWIND_COLLECTOR("collector killed, sends everything again", 0, true),
        LOSE_DISK("host lost with its disk", 0, true);

        final String text;
        /** How often it comes among the kills; 0 for what is no kill. */
        private final int weight;
        /** Whether it happens to one of the hosts. */
        final boolean ofHost;

        Kind(String text, int weight, boolean ofHost) {
            this.text = text;
            this.weight = weight;
            this.ofHost = ofHost;
        }
    }

    /**
     * A sequence of faults with so many kills, in which each kind of process is killed as soon as there are five of them, and
     * everything else happens at least once.
     */
    static List<Fault> plan(long seed, int kills, int hosts) {
        var random = new Random(seed);
        var kinds = new ArrayList<Kind>();
        while (kinds.size() < kills) {
            var bag = new ArrayList<Kind>();
            for (var kind : Kind.values()) {
                boolean first = kinds.isEmpty();
                bag.addAll(Collections.nCopies(first ? Math.min(1, kind.weight) : kind.weight, kind));
            }
            Collections.shuffle(bag, random);
            kinds.addAll(bag.subList(0, Math.min(bag.size(), kills - kinds.size())));
        }
        for (var kind : Kind.values()) {
            for (int i = 0; kind.weight == 0 && i < Math.max(1, kills / KILLS_PER_OTHER); i++) {
                kinds.add(random.nextInt(kinds.size() + 1), kind);
            }
        }
        return kinds.stream().map(kind -> of(kind, hosts, random)).toList();
    }

    private static Fault of(Kind kind, int hosts, Random random) {
        var after = Duration.ofMillis(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
        var length = Duration.ofMillis(
                kind.weight > 0
                        ? random.nextInt(LONGEST_ABSENCE_MILLIS)
                        : random.nextInt(SHORTEST_FAULT_MILLIS, LONGEST_FAULT_MILLIS));
        return new Fault(kind, random.nextInt(hosts), after, length, random.nextInt(4) > 0);
    }
}
