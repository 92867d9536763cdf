package io.wattledger.schemas.registry;

import org.jspecify.annotations.Nullable;

/** One change of a registry. Its whole state is the sum of its changes, in order. */
public sealed interface RegistryChange {

    /** A version is added, or put back as given. */
    record Put(RegisteredSchema version) implements RegistryChange {}

    /** A version is gone for good. */
    record Removed(String subject, int version) implements RegistryChange {}

    /** All versions of a subject up to this one are deleted softly. */
    record SubjectDeleted(String subject, int upTo) implements RegistryChange {}

    /**
     * A level is set.
     *
     * @param subject whose level, or null for that of the registry
     * @param level the level, or null to fall back
     */
    record LevelSet(@Nullable String subject, @Nullable Compatibility level) implements RegistryChange {}
}
