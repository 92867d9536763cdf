package io.wattledger.schemas.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * The rules of a registry: which number and version a schema gets, what it must be compatible with, what is left after a
 * deletion. Queries change nothing; {@link #apply} does, and always succeeds, so that the same changes in the same order
 * give the same state.
 *
 * <p>Two schemas are the same when their texts are, docs included. A schema has one number in all subjects. Not
 * thread-safe.
 */
public final class RegistryState {
    /** The level of a registry that has not been given one. */
    public static final Compatibility DEFAULT_LEVEL = Compatibility.BACKWARD;

    private final Map<String, NavigableMap<Integer, RegisteredSchema>> subjects = new TreeMap<>();
    private final Map<String, Integer> newestVersion = new HashMap<>();
    private final Map<String, Compatibility> levels = new HashMap<>();
    private Compatibility level = DEFAULT_LEVEL;
    private int greatestId;

    public void apply(RegistryChange change) {
        // An if chain because Java 17 has no patterns in switch.
        if (change instanceof RegistryChange.Put put) {
            put(put.version());
        } else if (change instanceof RegistryChange.Removed removed) {
            remove(removed);
        } else if (change instanceof RegistryChange.SubjectDeleted deleted) {
            versionsOf(deleted.subject())
                    .headMap(deleted.upTo(), true)
                    .replaceAll((version, schema) -> schema.asDeleted());
        } else if (change instanceof RegistryChange.LevelSet set) {
            setLevel(set);
        }
    }

    private void put(RegisteredSchema version) {
        subjects.computeIfAbsent(version.subject(), s -> new TreeMap<>()).put(version.version(), version);
        newestVersion.merge(version.subject(), version.version(), Math::max);
        greatestId = Math.max(greatestId, version.id());
    }

    private void remove(RegistryChange.Removed removed) {
        var versions = versionsOf(removed.subject());
        if (versions.remove(removed.version()) != null && versions.isEmpty()) {
            subjects.remove(removed.subject());
        }
    }

    private void setLevel(RegistryChange.LevelSet set) {
        var subject = set.subject();
        var newLevel = set.level();
        if (subject == null) {
            level = newLevel == null ? DEFAULT_LEVEL : newLevel;
        } else if (newLevel == null) {
            levels.remove(subject);
        } else {
            levels.put(subject, newLevel);
        }
    }

    /** Names of the subjects that have a version, those with only softly deleted ones on request. */
    public List<String> subjects(boolean withDeleted) {
        return subjects.keySet().stream()
                .filter(subject -> !versions(subject, withDeleted).isEmpty())
                .toList();
    }

    /** Versions of a subject, oldest first; none when there is no such subject. */
    public List<RegisteredSchema> versions(String subject, boolean withDeleted) {
        return versionsOf(subject).values().stream()
                .filter(version -> withDeleted || !version.deleted())
                .toList();
    }

    public Optional<RegisteredSchema> version(String subject, int version, boolean withDeleted) {
        return Optional.ofNullable(versionsOf(subject).get(version)).filter(v -> withDeleted || !v.deleted());
    }

    public Optional<RegisteredSchema> latest(String subject, boolean withDeleted) {
        var versions = versions(subject, withDeleted);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /** The newest version of the subject with this schema. */
    public Optional<RegisteredSchema> find(String subject, Schema schema, boolean withDeleted) {
        var text = schema.toString();
        return versions(subject, withDeleted).stream()
                .filter(version -> version.schema().toString().equals(text))
                .reduce((older, newer) -> newer);
    }

    /** Every version of every subject with this number, softly deleted ones included: their records may still be read. */
    public List<RegisteredSchema> byId(int id) {
        return all().filter(version -> version.id() == id).toList();
    }

    /** The level of the registry, for subjects without one of their own. */
    public Compatibility level() {
        return level;
    }

    /** The level a subject has of its own. */
    public Optional<Compatibility> ownLevel(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /** The level in force for a subject. */
    public Compatibility levelOf(String subject) {
        return levels.getOrDefault(subject, level);
    }

    /**
     * The version that the schema would be, were it added to the subject now: the next version, with the number it has
     * elsewhere or else a new one. A softly deleted schema that is added again gets a new version too.
     *
     * @throws IncompatibleSchemaException if the level of the subject forbids it
     */
    public RegisteredSchema propose(String subject, Schema schema) {
        var conflicts = levelOf(subject).conflicts(schema, versions(subject, false));
        if (!conflicts.isEmpty()) {
            throw new IncompatibleSchemaException(
                    subject, String.join("; ", conflicts) + ". Its compatibility level is " + levelOf(subject) + ".");
        }
        var text = schema.toString();
        var id = all().filter(version -> version.schema().toString().equals(text))
                .findFirst()
                .map(RegisteredSchema::id)
                .orElse(greatestId + 1);
        return new RegisteredSchema(subject, newestVersion.getOrDefault(subject, 0) + 1, id, schema, false);
    }

    private Stream<RegisteredSchema> all() {
        return subjects.values().stream().flatMap(versions -> versions.values().stream());
    }

    private NavigableMap<Integer, RegisteredSchema> versionsOf(String subject) {
        return subjects.getOrDefault(subject, new TreeMap<>());
    }
}
