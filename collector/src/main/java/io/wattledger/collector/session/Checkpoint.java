package io.wattledger.collector.session;

import io.wattledger.accounting.counter.CounterTrack;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.message.MalformedMessageException;
import io.wattledger.collector.message.Message;
import io.wattledger.collector.session.Measurement.Track;
import io.wattledger.collector.session.Measurement.Track.CounterStand;
import io.wattledger.collector.session.Measurement.Track.LevelStand;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.collector.spool.SpoolEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a successor needs to go on.
 *
 * @param session the session
 * @param seq its last sequence number
 * @param wallMillis end of its last sample
 * @param zone zone of its last sample
 * @param cut snapshot at that end, or null while it does not sample
 * @param tracks devices at that end
 * @param runs open runs, each as {@link OpenRun#toMessage}
 */
record Checkpoint(
        String session,
        long seq,
        long wallMillis,
        String zone,
        @Nullable Snapshot cut,
        Map<String, Track> tracks,
        List<Message> runs) {

    SpoolEntry toEntry() {
        var message = new Message("checkpoint")
                .put("session", session)
                .put("seq", seq)
                .put("wall", wallMillis)
                .put("zone", zone)
                .put("runs", runs.size());
        if (cut != null) {
            message.putAll("s.", cut.toMessage());
        }
        tracks.forEach((device, track) ->
                message.put("c." + device, stand(track) + " " + track.nanos() + " " + track.bootId()));
        for (int i = 0; i < runs.size(); i++) {
            message.putAll("r" + i + ".", runs.get(i));
        }
        return new SpoolEntry(SpoolEntry.Kind.CHECKPOINT, 0, message.encode().getBytes(StandardCharsets.UTF_8));
    }

    static Checkpoint fromPayload(byte[] payload) {
        var message = Message.decode(new String(payload, StandardCharsets.UTF_8));
        var tracks = new HashMap<String, Track>();
        message.part("c.").values().forEach((device, text) -> tracks.put(device, track(device, text)));
        var runs = new ArrayList<Message>();
        for (int i = 0; i < message.getLong("runs"); i++) {
            runs.add(message.part("r" + i + "."));
        }
        return new Checkpoint(
                message.get("session"),
                message.getLong("seq"),
                message.getLong("wall"),
                message.get("zone"),
                message.has("s.wall") ? Snapshot.fromMessage(message.part("s.")) : null,
                tracks,
                runs);
    }

    private static String stand(Track track) {
        if (track instanceof CounterStand stand) {
            return stand.counter().rawMicrojoules() + " " + stand.counter().totalMicrojoules();
        }
        return "P " + ((LevelStand) track).power().milliwatts();
    }

    private static Track track(String device, String text) {
        var parts = text.split(" ", 4);
        try {
            long number = Long.parseLong(parts[1]);
            long nanos = Long.parseLong(parts[2]);
            return parts[0].equals("P")
                    ? new LevelStand(new Power(number), nanos, parts[3])
                    : new CounterStand(new CounterTrack(Long.parseLong(parts[0]), number), nanos, parts[3]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new MalformedMessageException("Not the stand of a device: " + device + "=" + text, e);
        }
    }
}
