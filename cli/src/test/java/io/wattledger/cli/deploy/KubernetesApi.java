package io.wattledger.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Pod;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the types of Kubernetes's API say of an object. They are strict about fields they do not know and required ones, but
 * take {@code "80"} for a number and {@code "yes"} for false; so what they have read is compared with what was written.
 */
final class KubernetesApi {
    private static final String MODELS = V1Pod.class.getPackageName();

    private KubernetesApi() {}

    /** What is wrong with an object, one sentence each; empty when it is right. */
    static List<String> problems(JsonNode object) {
        var version = object.path("apiVersion").asText();
        var kind = object.path("kind").asText();
        if (!version.matches("(.+/)?v1")) {
            return List.of(kind + ": " + version + " is not version 1 of an API");
        }
        var written = JsonParser.parseString(object.toString());
        try {
            var type = Class.forName(MODELS + ".V1" + kind);
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, written);
            var read = JSON.getGson().toJsonTree(JSON.getGson().fromJson(written, type));
            var problems = new ArrayList<String>();
            compare(kind, written, read, problems);
            return problems;
        } catch (ClassNotFoundException e) {
            return List.of("There is no " + kind);
        } catch (InvocationTargetException e) {
            return List.of(kind + ": " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        } catch (RuntimeException e) {
            return List.of(kind + ": " + e);
        }
    }

    /** All that was written must have been read as it is; lists and maps that were not written are read as empty. */
    private static void compare(String where, JsonElement written, JsonElement read, List<String> problems) {
        if (written.isJsonObject() && read != null && read.isJsonObject()) {
            written.getAsJsonObject()
                    .entrySet()
                    .forEach(field -> compare(
                            where + "." + field.getKey(),
                            field.getValue(),
                            read.getAsJsonObject().get(field.getKey()),
                            problems));
        } else if (written.isJsonArray()
                && read != null
                && read.isJsonArray()
                && read.getAsJsonArray().size() == written.getAsJsonArray().size()) {
            for (int i = 0; i < written.getAsJsonArray().size(); i++) {
                compare(
                        where + "[" + i + "]",
                        written.getAsJsonArray().get(i),
                        read.getAsJsonArray().get(i),
                        problems);
            }
        } else if (!written.equals(read) && !isBase64InLines(where, written, read)) {
            problems.add(where + ": " + written + " is read as " + read);
        }
    }

    private static boolean isBase64InLines(String where, JsonElement written, JsonElement read) {
        return where.startsWith("Secret.data.")
                && written.getAsString().replace("\n", "").equals(read.getAsString());
    }
}
