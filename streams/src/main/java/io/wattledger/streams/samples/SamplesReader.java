package io.wattledger.streams.samples;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads the Avro binary encoding (Apache Avro 1.12 specification, Binary Encoding) of {@link PowerSamples} as its schema
 * is today. One record at a time; not thread-safe.
 */
final class SamplesReader {
    private static final AttributionPolicy[] POLICIES = AttributionPolicy.values();
    private static final DeviceKind[] KINDS = DeviceKind.values();

    private final KnownTexts texts = new KnownTexts();
    private byte[] bytes = {};
    private int at;

    /**
     * Reads a record.
     *
     * @throws IndexOutOfBoundsException or {@link IllegalArgumentException} when the bytes are no such record
     */
    PowerSamples read(byte[] from, int start) {
        bytes = from;
        at = start;
        var host = new PowerSamples();
        host.setHost(text());
        host.setBootId(text());
        host.setSession(text());
        host.setZone(text());
        host.setPueThousandths(integer());
        host.setPolicy(POLICIES[integer()]);
        host.setIdleMilliwatts(map(this::number));
        host.setSlotLengthMillis(number());
        host.setSamples(list(this::sample));
        if (at != from.length) {
            throw new IllegalArgumentException((from.length - at) + " bytes are left behind the record");
        }
        return host;
    }

    private Sample sample() {
        var sample = new Sample();
        sample.setSeq(number());
        sample.setStart(Instant.ofEpochMilli(number()));
        sample.setEnd(Instant.ofEpochMilli(number()));
        sample.setReadings(list(this::reading));
        sample.setUsage(list(this::usage));
        sample.setBusyCpuTimeNanos(number());
        sample.setCapacityCpuTimeNanos(number());
        sample.setTotalMemoryBytes(number());
        return sample;
    }

    private Reading reading() {
        var reading = new Reading();
        reading.setDevice(text());
        reading.setParent(isPresent() ? text() : null);
        reading.setKind(KINDS[integer()]);
        reading.setEnergyMillijoules(number());
        reading.setBandMillijoules(number());
        reading.setMethod(text());
        reading.setCounter(isPresent() ? counter() : null);
        return reading;
    }

    private RawCounter counter() {
        var counter = new RawCounter();
        counter.setValue(number());
        counter.setUnit(text());
        counter.setRange(number());
        return counter;
    }

    private Usage usage() {
        var usage = new Usage();
        usage.setRun(text());
        usage.setProject(text());
        usage.setCpuTimeNanos(number());
        usage.setDeviceShareThousandths(map(this::integer));
        usage.setMemoryBytes(number());
        return usage;
    }

    private <T> List<T> list(Supplier<T> item) {
        var list = new ArrayList<T>(4);
        for (long count = block(); count != 0; count = block()) {
            for (long i = 0; i < count; i++) {
                list.add(item.get());
            }
        }
        return list;
    }

    private <T> Map<String, T> map(Supplier<T> value) {
        long count = block();
        if (count == 0) {
            return Map.of();
        }
        var map = new HashMap<String, T>();
        for (; count != 0; count = block()) {
            for (long i = 0; i < count; i++) {
                map.put(text(), value.get());
            }
        }
        return map;
    }

    /** Number of items in the next block of a list or map; where it is negative, the length in bytes follows. */
    private long block() {
        long count = number();
        if (count < 0) {
            number();
            count = -count;
        }
        if (count > bytes.length - at) {
            throw new IllegalArgumentException("A list of " + count + " items in " + (bytes.length - at) + " bytes");
        }
        return count;
    }

    /** Of a union of null and something else: whether it is the something else. */
    private boolean isPresent() {
        return switch (integer()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IllegalArgumentException("No such branch of a union");
        };
    }

    private String text() {
        int length = integer();
        if (length < 0 || length > bytes.length - at) {
            throw new IllegalArgumentException("A text of " + length + " bytes in " + (bytes.length - at));
        }
        var text = texts.read(bytes, at, length);
        at += length;
        return text;
    }

    private int integer() {
        return Math.toIntExact(number());
    }

    /** Variable length, zigzag. */
    private long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("A number longer than 64 bits");
    }
}
