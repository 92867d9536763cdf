package io.wattledger.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.schemas.registry.Compatibility;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A request of the API, taken apart.
 *
 * @param route method and path with a star for each name or number in it: {@code GET /subjects/*}{@code /versions}
 * @param names what the stars stand for
 * @param query the query's parameters
 * @param body the body, missing when there is none
 */
record ApiRequest(String route, List<String> names, Map<String, String> query, JsonNode body) {
    /** Words of a path that a name or number follows. */
    private static final Set<String> BEFORE_NAME = Set.of("subjects", "versions", "ids", "config", "mode");

    static ApiRequest of(String method, URI uri, JsonNode body) {
        var route = new StringBuilder(method).append(' ');
        var names = new ArrayList<String>();
        var nameComes = false;
        for (var part : uri.getRawPath().split("/")) {
            if (part.isEmpty()) {
                continue;
            }
            if (nameComes) {
                names.add(decoded(part));
                nameComes = false;
                route.append("/*");
            } else {
                nameComes = BEFORE_NAME.contains(part);
                route.append('/').append(part);
            }
        }
        if (route.charAt(route.length() - 1) == ' ') {
            route.append('/');
        }
        return new ApiRequest(route.toString(), names, query(uri), body);
    }

    private static Map<String, String> query(URI uri) {
        var query = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (var parameter : uri.getRawQuery().split("&")) {
                var parts = parameter.split("=", 2);
                query.put(decoded(parts[0]), parts.length == 1 ? "true" : decoded(parts[1]));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String subject() {
        return names.get(0);
    }

    boolean asks(String parameter) {
        return Boolean.parseBoolean(query.get(parameter));
    }

    /** The number of the schema in the path. */
    int id() {
        try {
            return Integer.parseInt(names.get(0));
        } catch (NumberFormatException e) {
            throw ApiError.notFound("HTTP 404 Not Found");
        }
    }

    /** The version in the path, or {@link #LATEST}. */
    int version() {
        var text = names.get(1);
        if (text.equals("latest") || text.equals("-1")) {
            return LATEST;
        }
        try {
            var version = Integer.parseInt(text);
            if (version > 0) {
                return version;
            }
        } catch (NumberFormatException e) {
            // Falls through to the refusal.
        }
        throw ApiError.invalidVersion(text);
    }

    static final int LATEST = -1;

    /** The schema in the body. */
    Schema schema() {
        var type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw ApiError.invalidSchema("type " + type + " is not supported, only AVRO");
        }
        if (!body.path("references").isEmpty()) {
            throw ApiError.invalidSchema("references are not supported");
        }
        var text = body.path("schema").textValue();
        if (text == null) {
            throw ApiError.invalidSchema("the request has none; send {\"schema\": \"…\"}");
        }
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw ApiError.invalidSchema(e.getMessage());
        }
    }

    /** The level in the body. */
    Compatibility level() {
        var text = body.path("compatibility").asText();
        try {
            return Compatibility.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidLevel(text);
        }
    }
}
