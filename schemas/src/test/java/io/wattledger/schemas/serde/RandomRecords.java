package io.wattledger.schemas.serde;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Random records of generated classes, with any value that their schema allows. */
public final class RandomRecords {
    private static final int LONGEST = 4;

    static {
        TrustedRecords.trust();
    }

    private RandomRecords() {}

    public static SpecificRecord next(Schema schema, Random random) {
        return (SpecificRecord) record(schema, SpecificData.getForSchema(schema), random);
    }

    private static IndexedRecord record(Schema schema, SpecificData data, Random random) {
        var record = (IndexedRecord) data.newRecord(null, schema);
        for (var field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), data, random));
        }
        return record;
    }

    private static Object value(Schema schema, SpecificData data, Random random) {
        return switch (schema.getType()) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt();
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? (Object) Instant.ofEpochMilli(random.nextLong() >> 20)
                        : (Object) random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case BYTES -> {
                var bytes = new byte[random.nextInt(LONGEST)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
            case STRING -> text(random);
            case ENUM -> data.createEnum(pick(schema.getEnumSymbols(), random), schema);
            case ARRAY -> list(schema.getElementType(), data, random);
            case MAP -> map(schema.getValueType(), data, random);
            case RECORD -> record(schema, data, random);
            case UNION -> value(pick(schema.getTypes(), random), data, random);
            case NULL -> null;
            case FIXED -> throw new IllegalArgumentException("No record of ours has " + schema);
        };
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(LONGEST), 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append(random.nextInt(10) == 0 ? "ß⚡" : "")
                .toString();
    }

    private static List<Object> list(Schema schema, SpecificData data, Random random) {
        var list = new ArrayList<>();
        for (var left = random.nextInt(LONGEST); left > 0; left--) {
            list.add(value(schema, data, random));
        }
        return list;
    }

    private static Map<String, Object> map(Schema schema, SpecificData data, Random random) {
        var map = new HashMap<String, Object>();
        for (var left = random.nextInt(LONGEST); left > 0; left--) {
            map.put(text(random), value(schema, data, random));
        }
        return map;
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
