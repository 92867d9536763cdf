package io.wattledger.cli.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.cli.registry.SchemaStore.Decision;
import io.wattledger.schemas.registry.Compatibility;
import io.wattledger.schemas.registry.IncompatibleSchemaException;
import io.wattledger.schemas.registry.RegisteredSchema;
import io.wattledger.schemas.registry.RegistryChange;
import io.wattledger.schemas.registry.RegistryState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The requests of the Confluent Schema Registry API and their answers, as JSON texts. */
final class RegistryApi {
    private static final String MODE = node().put("mode", "READWRITE").toString();

    private final SchemaStore store;

    RegistryApi(SchemaStore store) {
        this.store = store;
    }

    /** @throws ApiError for every answer that is not 200 */
    String answer(ApiRequest request) {
        try {
            return switch (request.route()) {
                case "GET /" -> "{}";
                case "GET /schemas/types" -> "[\"AVRO\"]";
                case "GET /schemas/ids/*" ->
                    node().put("schema", schemaText(request)).toString();
                case "GET /schemas/ids/*/schema" -> schemaText(request);
                case "GET /schemas/ids/*/subjects" -> subjectsOfSchema(request);
                case "GET /schemas/ids/*/versions" -> versionsOfSchema(request);
                case "GET /subjects" -> subjects(request);
                case "POST /subjects/*" -> lookUp(request);
                case "DELETE /subjects/*" -> deleteSubject(request);
                case "GET /subjects/*/versions" -> versions(request);
                case "POST /subjects/*/versions" -> register(request);
                case "GET /subjects/*/versions/*" -> described(version(request)).toString();
                case "GET /subjects/*/versions/*/schema" ->
                    version(request).schema().toString();
                case "DELETE /subjects/*/versions/*" -> deleteVersion(request);
                case "POST /compatibility/subjects/*/versions" -> checkAll(request);
                case "POST /compatibility/subjects/*/versions/*" -> checkOne(request);
                case "GET /config" -> level(store.read(RegistryState::level));
                case "PUT /config" -> setLevel(Optional.empty(), request);
                case "DELETE /config" -> resetLevel();
                case "GET /config/*" -> levelOfSubject(request);
                case "PUT /config/*" -> setLevel(Optional.of(request.subject()), request);
                case "DELETE /config/*" -> resetLevelOfSubject(request);
                case "GET /mode" -> MODE;
                case "GET /mode/*" -> modeOfSubject(request);
                default -> throw ApiError.notFound("HTTP 404 Not Found: " + request.route());
            };
        } catch (IncompatibleSchemaException e) {
            throw ApiError.incompatible("Schema being registered is incompatible with an earlier schema for subject \""
                    + e.subject() + "\": " + e.reason());
        } catch (StoreException e) {
            throw ApiError.store(e.getMessage());
        }
    }

    // Schemas by number

    private String schemaText(ApiRequest request) {
        return withId(request).get(0).schema().toString();
    }

    private String subjectsOfSchema(ApiRequest request) {
        var subjects = new TreeSet<String>();
        listed(request).forEach(version -> subjects.add(version.subject()));
        return texts(subjects);
    }

    private String versionsOfSchema(ApiRequest request) {
        var answer = JsonNodeFactory.instance.arrayNode();
        listed(request)
                .forEach(version ->
                        answer.addObject().put("subject", version.subject()).put("version", version.version()));
        return answer.toString();
    }

    private List<RegisteredSchema> listed(ApiRequest request) {
        return withId(request).stream()
                .filter(version -> !version.deleted() || request.asks("deleted"))
                .toList();
    }

    private List<RegisteredSchema> withId(ApiRequest request) {
        var versions = store.read(state -> state.byId(request.id()));
        if (versions.isEmpty()) {
            throw ApiError.schemaNotFound(Integer.toString(request.id()));
        }
        return versions;
    }

    // Subjects and their versions

    private String subjects(ApiRequest request) {
        var prefix = request.query().getOrDefault("subjectPrefix", "");
        return texts(store.read(state -> state.subjects(request.asks("deleted"))).stream()
                .filter(subject -> subject.startsWith(prefix))
                .toList());
    }

    private String versions(ApiRequest request) {
        return numbers(store.read(state -> existing(state, request, request.asks("deleted"))));
    }

    private static List<RegisteredSchema> existing(RegistryState state, ApiRequest request, boolean withDeleted) {
        var versions = state.versions(request.subject(), withDeleted);
        if (versions.isEmpty()) {
            throw ApiError.subjectNotFound(request.subject());
        }
        return versions;
    }

    private RegisteredSchema version(ApiRequest request) {
        return store.read(state -> version(state, request, request.asks("deleted")));
    }

    private static RegisteredSchema version(RegistryState state, ApiRequest request, boolean withDeleted) {
        var number = request.version();
        existing(state, request, withDeleted);
        var version = number == ApiRequest.LATEST
                ? state.latest(request.subject(), withDeleted)
                : state.version(request.subject(), number, withDeleted);
        return version.orElseThrow(() -> ApiError.versionNotFound(number));
    }

    private String lookUp(ApiRequest request) {
        var schema = request.schema();
        var found = store.read(state -> {
            existing(state, request, request.asks("deleted"));
            return state.find(request.subject(), schema, request.asks("deleted"));
        });
        return described(found.orElseThrow(() -> ApiError.schemaNotFound("as given")))
                .toString();
    }

    private String register(ApiRequest request) {
        var schema = request.schema();
        if (request.body().path("id").asInt() > 0) {
            throw ApiError.notPermitted(
                    "Numbers are given by this registry; subject '" + request.subject() + "' is not in import mode.");
        }
        var id = store.<Integer>write(state -> {
            var known = state.find(request.subject(), schema, false);
            if (known.isPresent()) {
                return Decision.nothing(known.get().id());
            }
            var version = state.propose(request.subject(), schema);
            return new Decision<>(version.id(), List.of(new RegistryChange.Put(version)));
        });
        return node().put("id", id).toString();
    }

    private String deleteSubject(ApiRequest request) {
        var permanently = request.asks("permanent");
        return store.write(state -> {
            var all = existing(state, request, true);
            var alive = state.versions(request.subject(), false);
            if (permanently && !alive.isEmpty()) {
                throw ApiError.subjectNotSoftDeleted(request.subject());
            }
            if (!permanently && alive.isEmpty()) {
                throw ApiError.subjectSoftDeleted(request.subject());
            }
            return permanently
                    ? new Decision<>(
                            numbers(all), all.stream().map(RegistryApi::removal).toList())
                    : new Decision<>(
                            numbers(alive),
                            List.of(new RegistryChange.SubjectDeleted(
                                    request.subject(),
                                    alive.get(alive.size() - 1).version())));
        });
    }

    private String deleteVersion(ApiRequest request) {
        var permanently = request.asks("permanent");
        return store.write(state -> {
            var latestAlive = request.version() == ApiRequest.LATEST && !permanently;
            var version = version(state, request, !latestAlive);
            if (permanently && !version.deleted()) {
                throw ApiError.versionNotSoftDeleted(request.subject(), version.version());
            }
            if (!permanently && version.deleted()) {
                throw ApiError.versionSoftDeleted(request.subject(), version.version());
            }
            var change = permanently ? removal(version) : new RegistryChange.Put(version.asDeleted());
            return new Decision<>(Integer.toString(version.version()), List.of(change));
        });
    }

    private static RegistryChange removal(RegisteredSchema version) {
        return new RegistryChange.Removed(version.subject(), version.version());
    }

    // Compatibility

    private String checkAll(ApiRequest request) {
        var schema = request.schema();
        return compatibility(request, store.read(state -> state.levelOf(request.subject())
                .conflicts(schema, state.versions(request.subject(), false))));
    }

    private String checkOne(ApiRequest request) {
        var schema = request.schema();
        return compatibility(request, store.read(state -> {
            var isFirst = request.version() == ApiRequest.LATEST
                    && state.versions(request.subject(), false).isEmpty();
            var others = isFirst ? List.<RegisteredSchema>of() : List.of(version(state, request, false));
            return state.levelOf(request.subject()).conflicts(schema, others);
        }));
    }

    private static String compatibility(ApiRequest request, List<String> conflicts) {
        var answer = node().put("is_compatible", conflicts.isEmpty());
        if (request.asks("verbose")) {
            var messages = answer.putArray("messages");
            conflicts.forEach(messages::add);
        }
        return answer.toString();
    }

    // Levels and modes

    private String levelOfSubject(ApiRequest request) {
        return level(store.read(state -> request.asks("defaultToGlobal")
                ? state.levelOf(request.subject())
                : state.ownLevel(request.subject()).orElseThrow(() -> ApiError.noLevelOfItsOwn(request.subject()))));
    }

    private String setLevel(Optional<String> subject, ApiRequest request) {
        var level = request.level();
        return store.write(state -> new Decision<>(
                node().put("compatibility", level.name()).toString(),
                List.of(new RegistryChange.LevelSet(subject.orElse(null), level))));
    }

    private String resetLevel() {
        return store.write(state ->
                new Decision<>(level(RegistryState.DEFAULT_LEVEL), List.of(new RegistryChange.LevelSet(null, null))));
    }

    private String resetLevelOfSubject(ApiRequest request) {
        return store.write(state -> {
            var level =
                    state.ownLevel(request.subject()).orElseThrow(() -> ApiError.noLevelOfItsOwn(request.subject()));
            return new Decision<>(level(level), List.of(new RegistryChange.LevelSet(request.subject(), null)));
        });
    }

    private static String level(Compatibility level) {
        return node().put("compatibilityLevel", level.name()).toString();
    }

    private static String modeOfSubject(ApiRequest request) {
        if (!request.asks("defaultToGlobal")) {
            throw ApiError.noModeOfItsOwn(request.subject());
        }
        return MODE;
    }

    // Answers

    private static ObjectNode described(RegisteredSchema version) {
        return node().put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema().toString());
    }

    private static String texts(Collection<String> texts) {
        var answer = JsonNodeFactory.instance.arrayNode();
        texts.forEach(answer::add);
        return answer.toString();
    }

    private static String numbers(Collection<RegisteredSchema> versions) {
        var answer = JsonNodeFactory.instance.arrayNode();
        versions.forEach(version -> answer.add(version.version()));
        return answer.toString();
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
