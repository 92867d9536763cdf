package io.wattledger.sinks.prometheus;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.wattledger.sinks.prometheus.Point.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.xerial.snappy.Snappy;

/**
 * The message of Prometheus's remote-write protocol 1.0: {@code prometheus.WriteRequest} of
 * https://github.com/prometheus/prometheus/blob/main/prompb/remote.proto, compressed as one block of Snappy.
 */
final class WriteRequest {
    /** What goes with it. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "application/x-protobuf",
            "Content-Encoding", "snappy",
            "X-Prometheus-Remote-Write-Version", "0.1.0");

    /** The value that says that a series has ended (model/value/value.go of Prometheus): one NaN among many. */
    private static final long STALE = 0x7ff0_0000_0000_0002L;

    private static final int TIMESERIES = 1;
    private static final int LABELS = 1;
    private static final int SAMPLES = 2;
    private static final int LABEL_NAME = 1;
    private static final int LABEL_VALUE = 2;
    private static final int SAMPLE_VALUE = 1;
    private static final int SAMPLE_TIMESTAMP = 2;
    private static final String NAME = "__name__";

    private WriteRequest() {}

    /** Samples of a series, the oldest first. */
    record Samples(Series series, List<Sample> samples) {}

    /**
     * A value at a time.
     *
     * @param bits of the value, as a NaN may not keep its own as a double
     * @param stamp milliseconds since the epoch
     */
    record Sample(long bits, long stamp) {
        static Sample of(double value, long stamp) {
            return new Sample(Double.doubleToRawLongBits(value), stamp);
        }

        static Sample end(long stamp) {
            return new Sample(STALE, stamp);
        }
    }

    static byte[] of(List<Samples> request) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = CodedOutputStream.newInstance(bytes);
            for (var samples : request) {
                out.writeTag(TIMESERIES, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                out.writeUInt32NoTag(size(samples));
                write(samples, out);
            }
            out.flush();
            return Snappy.compress(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int size(Samples samples) {
        var labels = samples.series().labels();
        int size = nested(label(NAME, samples.series().metric().series()));
        for (int i = 0; i < labels.size(); i++) {
            size += nested(label(labels.getName(i), labels.getValue(i)));
        }
        for (var sample : samples.samples()) {
            size += nested(size(sample));
        }
        return size;
    }

    private static int label(String name, String value) {
        return CodedOutputStream.computeStringSize(LABEL_NAME, name)
                + CodedOutputStream.computeStringSize(LABEL_VALUE, value);
    }

    private static int size(Sample sample) {
        return CodedOutputStream.computeFixed64Size(SAMPLE_VALUE, sample.bits())
                + CodedOutputStream.computeInt64Size(SAMPLE_TIMESTAMP, sample.stamp());
    }

    /** Both messages inside have field numbers of one byte. */
    private static int nested(int size) {
        return CodedOutputStream.computeTagSize(LABELS) + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }

    /** The name of the metric begins with an underscore, and labels are to be sorted. */
    private static void write(Samples samples, CodedOutputStream out) throws IOException {
        var labels = samples.series().labels();
        writeLabel(NAME, samples.series().metric().series(), out);
        for (int i = 0; i < labels.size(); i++) {
            writeLabel(labels.getName(i), labels.getValue(i), out);
        }
        for (var sample : samples.samples()) {
            out.writeTag(SAMPLES, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(size(sample));
            out.writeFixed64(SAMPLE_VALUE, sample.bits());
            out.writeInt64(SAMPLE_TIMESTAMP, sample.stamp());
        }
    }

    private static void writeLabel(String name, String value, CodedOutputStream out) throws IOException {
        out.writeTag(LABELS, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(label(name, value));
        out.writeString(LABEL_NAME, name);
        out.writeString(LABEL_VALUE, value);
    }
}
