package io.wattledger.schemas.registry;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A registry within this process, by the same rules as the embedded server. Serdes that are configured by name share one
 * through {@code schema.registry.url=mock://NAME}.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private static final Map<String, InMemorySchemaRegistry> SHARED = new ConcurrentHashMap<>();

    private final RegistryState state = new RegistryState();

    /** The registry of this name; made when it is first asked for. */
    public static InMemorySchemaRegistry shared(String name) {
        return SHARED.computeIfAbsent(name, n -> new InMemorySchemaRegistry());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        var known = state.find(subject, schema, false);
        if (known.isPresent()) {
            return known.get().id();
        }
        var version = state.propose(subject, schema);
        state.apply(new RegistryChange.Put(version));
        return version.id();
    }

    @Override
    public synchronized OptionalInt idOf(String subject, Schema schema) {
        var version = state.find(subject, schema, false);
        return version.isPresent() ? OptionalInt.of(version.get().id()) : OptionalInt.empty();
    }

    @Override
    public synchronized Schema byId(int id) {
        return state.byId(id).stream()
                .findFirst()
                .map(RegisteredSchema::schema)
                .orElseThrow(() -> new SchemaRegistryException(
                        "No schema has the number " + id + " in this in-memory registry", 40403, false, null));
    }

    @Override
    public synchronized Optional<RegisteredSchema> latest(String subject) {
        return state.latest(subject, false);
    }

    @Override
    public synchronized Compatibility compatibility(String subject) {
        return state.levelOf(subject);
    }

    @Override
    public synchronized void setCompatibility(String subject, Compatibility level) {
        state.apply(new RegistryChange.LevelSet(subject, level));
    }
}
