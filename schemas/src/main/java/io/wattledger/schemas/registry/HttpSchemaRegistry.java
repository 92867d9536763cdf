package io.wattledger.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Client of a server that speaks the Confluent Schema Registry API. What it learnt it keeps: a number never changes its
 * schema, nor a schema its number. May be used by many threads.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private static final int CONFLICT = 409;
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int SUBJECT_WITHOUT_LEVEL = 40408;

    private record Entry(String subject, String schema) {}

    private final RegistryHttp http;
    private final Map<Entry, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    public HttpSchemaRegistry(RegistryConfig config) {
        this.http = new RegistryHttp(config);
    }

    /** A client of one address with all other settings at their defaults. */
    public static HttpSchemaRegistry at(String url) {
        return new HttpSchemaRegistry(new RegistryConfig(Map.of(RegistryConfig.SCHEMA_REGISTRY_URL, url)));
    }

    @Override
    public int register(String subject, Schema schema) {
        var entry = new Entry(subject, schema.toString());
        var known = ids.get(entry);
        if (known != null) {
            return known;
        }
        try {
            var answer = http.send("POST", "/subjects/" + encoded(subject) + "/versions", body(schema));
            return learn(entry, schema, answer);
        } catch (SchemaRegistryException e) {
            if (e.code() == CONFLICT) {
                throw new IncompatibleSchemaException(subject, e.getMessage() + ".");
            }
            throw e;
        }
    }

    @Override
    public OptionalInt idOf(String subject, Schema schema) {
        var entry = new Entry(subject, schema.toString());
        var known = ids.get(entry);
        if (known != null) {
            return OptionalInt.of(known);
        }
        try {
            var answer = http.send("POST", "/subjects/" + encoded(subject), body(schema));
            return OptionalInt.of(learn(entry, schema, answer));
        } catch (SchemaRegistryException e) {
            if (e.code() == SUBJECT_NOT_FOUND || e.code() == SCHEMA_NOT_FOUND) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    private int learn(Entry entry, Schema schema, JsonNode answer) {
        var id = answer.path("id").asInt();
        ids.put(entry, id);
        schemas.putIfAbsent(id, schema);
        return id;
    }

    @Override
    public Schema byId(int id) {
        var known = schemas.get(id);
        if (known != null) {
            return known;
        }
        var answer = http.send("GET", "/schemas/ids/" + id, null);
        var schema = parse(answer, "schema " + id);
        schemas.put(id, schema);
        return schema;
    }

    @Override
    public Optional<RegisteredSchema> latest(String subject) {
        try {
            var answer = http.send("GET", "/subjects/" + encoded(subject) + "/versions/latest", null);
            return Optional.of(new RegisteredSchema(
                    subject,
                    answer.path("version").asInt(),
                    answer.path("id").asInt(),
                    parse(answer, "the latest version of " + subject),
                    false));
        } catch (SchemaRegistryException e) {
            if (e.code() == SUBJECT_NOT_FOUND || e.code() == VERSION_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Compatibility compatibility(String subject) {
        JsonNode answer;
        try {
            answer = http.send("GET", "/config/" + encoded(subject), null);
        } catch (SchemaRegistryException e) {
            if (e.code() != SUBJECT_NOT_FOUND && e.code() != SUBJECT_WITHOUT_LEVEL) {
                throw e;
            }
            answer = http.send("GET", "/config", null);
        }
        return Compatibility.valueOf(answer.path("compatibilityLevel").asText());
    }

    @Override
    public void setCompatibility(String subject, Compatibility level) {
        var body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
        http.send("PUT", "/config/" + encoded(subject), body);
    }

    private static JsonNode body(Schema schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
    }

    private static Schema parse(JsonNode answer, String what) {
        var type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new SchemaRegistryException(what + " in the schema registry is of type " + type + ", not AVRO");
        }
        try {
            // As lenient as can be: what the registry has taken, records were written with.
            return new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(answer.path("schema").asText());
        } catch (SchemaParseException e) {
            throw new SchemaRegistryException(
                    "The schema registry gave " + what + ", which cannot be parsed: " + e.getMessage(), 0, false, e);
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
