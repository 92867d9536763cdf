package io.wattledger.streams.ledger;

import io.wattledger.schemas.state.HostState;
import io.wattledger.schemas.state.SessionWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which samples of a host have been accounted: ranges of sequence numbers per session. */
final class SeenSamples {
    private final List<SessionWindow> sessions;

    SeenSamples(HostState state) {
        this.sessions = state.getSessions();
    }

    /** Notes a sample; returns false when it was seen before. */
    boolean add(String session, long seq, Instant end) {
        var window = find(session);
        if (window == null) {
            window = new SessionWindow(session, new ArrayList<>(), end);
            sessions.add(window);
        }
        if (end.isAfter(window.getLastEnd())) {
            window.setLastEnd(end);
        }
        return insert(window.getRanges(), seq);
    }

    /** Whether every sample from {@code first} to {@code last} has been seen. */
    boolean covers(String session, long first, long last) {
        if (last < first) {
            return true;
        }
        var window = find(session);
        if (window == null) {
            return false;
        }
        var ranges = window.getRanges();
        for (int i = 0; i < ranges.size(); i += 2) {
            if (ranges.get(i) <= first) {
                if (ranges.get(i + 1) >= last) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Forgets sessions that ended before the horizon; what they sent again would be too late anyway. */
    void forgetBefore(Instant horizon) {
        sessions.removeIf(window -> window.getLastEnd().isBefore(horizon));
    }

    private @Nullable SessionWindow find(String session) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (sessions.get(i).getSession().equals(session)) {
                return sessions.get(i);
            }
        }
        return null;
    }

    /** Ranges as pairs of first and last, ascending and apart. */
    private static boolean insert(List<Long> ranges, long seq) {
        int at = ranges.size();
        while (at > 0 && ranges.get(at - 2) > seq) {
            at -= 2;
        }
        if (at > 0 && ranges.get(at - 1) >= seq) {
            return false;
        }
        boolean joinsBefore = at > 0 && ranges.get(at - 1) == seq - 1;
        boolean joinsAfter = at < ranges.size() && ranges.get(at) == seq + 1;
        if (joinsBefore && joinsAfter) {
            ranges.subList(at - 1, at + 1).clear();
        } else if (joinsBefore) {
            ranges.set(at - 1, seq);
        } else if (joinsAfter) {
            ranges.set(at, seq);
        } else {
            ranges.add(at, seq);
            ranges.add(at + 1, seq);
        }
        return true;
    }
}
