package io.wattledger.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.registry.Compatibility;
import io.wattledger.schemas.registry.RegisteredSchema;
import io.wattledger.schemas.registry.RegistryChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the registry as records of the topic {@code _schemas}, the way Confluent's registry writes them: JSON keys with
 * a {@code keytype}, in a fixed order of properties, because compaction goes by their bytes.
 */
final class SchemaRecords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SCHEMA_MAGIC = 1;
    private static final int OTHER_MAGIC = 0;

    /** A record's key and value; no value is a tombstone. */
    record Pair(byte[] key, byte @Nullable [] value) {}

    private SchemaRecords() {}

    static Pair of(RegistryChange change) {
        if (change instanceof RegistryChange.Put put) {
            var version = put.version();
            var value = node().put("subject", version.subject())
                    .put("version", version.version())
                    .put("id", version.id())
                    .put("schema", version.schema().toString())
                    .put("deleted", version.deleted());
            return pair(schemaKey(version.subject(), version.version()), value);
        }
        if (change instanceof RegistryChange.Removed removed) {
            return pair(schemaKey(removed.subject(), removed.version()), null);
        }
        if (change instanceof RegistryChange.SubjectDeleted deleted) {
            var value = node().put("subject", deleted.subject()).put("version", deleted.upTo());
            return pair(key("DELETE_SUBJECT", deleted.subject()), value);
        }
        var set = (RegistryChange.LevelSet) change;
        var level = set.level();
        return pair(
                key("CONFIG", set.subject()), level == null ? null : node().put("compatibilityLevel", level.name()));
    }

    /** The change that a record stands for; empty for kinds of records that do not concern us, such as NOOP and MODE. */
    static Optional<RegistryChange> change(byte[] key, byte @Nullable [] value) {
        try {
            var keyNode = JSON.readTree(key);
            var valueNode = value == null ? null : JSON.readTree(value);
            var subject = keyNode.path("subject").textValue();
            return switch (keyNode.path("keytype").asText()) {
                case "SCHEMA" -> Optional.of(schemaChange(keyNode, valueNode));
                case "CONFIG" -> Optional.of(new RegistryChange.LevelSet(subject, level(valueNode)));
                case "DELETE_SUBJECT" ->
                    valueNode == null
                            ? Optional.empty()
                            : Optional.of(new RegistryChange.SubjectDeleted(
                                    valueNode.path("subject").asText(),
                                    valueNode.path("version").asInt()));
                default -> Optional.empty();
            };
        } catch (IOException | RuntimeException e) {
            throw new Failure(
                    "The topic " + SchemaLog.TOPIC + " has a record that the embedded schema registry cannot read: key "
                            + text(key) + ", value " + text(value) + " (" + e.getMessage()
                            + "). Use the registry that wrote it, through --schema-registry.",
                    e);
        }
    }

    private static RegistryChange schemaChange(JsonNode key, @Nullable JsonNode value) {
        if (value == null) {
            return new RegistryChange.Removed(
                    key.path("subject").asText(), key.path("version").asInt());
        }
        var type = value.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new IllegalArgumentException("schemas of type " + type + " are not known here, only AVRO");
        }
        if (!value.path("references").isEmpty()) {
            throw new IllegalArgumentException("schemas with references are not known here");
        }
        return new RegistryChange.Put(new RegisteredSchema(
                value.path("subject").asText(),
                value.path("version").asInt(),
                value.path("id").asInt(),
                // As lenient as can be: it was accepted once.
                new Schema.Parser(NameValidator.NO_VALIDATION)
                        .setValidateDefaults(false)
                        .parse(value.path("schema").asText()),
                value.path("deleted").asBoolean()));
    }

    private static @Nullable Compatibility level(@Nullable JsonNode value) {
        return value == null
                ? null
                : Compatibility.valueOf(value.path("compatibilityLevel").asText());
    }

    private static ObjectNode schemaKey(String subject, int version) {
        return node().put("keytype", "SCHEMA")
                .put("subject", subject)
                .put("version", version)
                .put("magic", SCHEMA_MAGIC);
    }

    private static ObjectNode key(String keyType, @Nullable String subject) {
        return node().put("keytype", keyType).put("subject", subject).put("magic", OTHER_MAGIC);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Pair pair(ObjectNode key, @Nullable ObjectNode value) {
        return new Pair(bytes(key), value == null ? null : bytes(value));
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
    }
}
