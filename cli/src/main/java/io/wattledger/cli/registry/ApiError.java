package io.wattledger.cli.registry;

import org.jspecify.annotations.Nullable;

/** An answer of the API that is an error: HTTP status, the API's own code, and a sentence. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int CODES_PER_STATUS = 100;

    private final int code;
    private final String sentence;

    private ApiError(int code, String sentence) {
        super(sentence);
        this.code = code;
        this.sentence = sentence;
    }

    /** Five digits begin with the status; three are the status. */
    int status() {
        return code < 1000 ? code : code / CODES_PER_STATUS;
    }

    int code() {
        return code;
    }

    String sentence() {
        return sentence;
    }

    static ApiError notFound(String what) {
        return new ApiError(404, what);
    }

    static ApiError incompatible(String reason) {
        return new ApiError(409, reason);
    }

    static ApiError subjectNotFound(String subject) {
        return new ApiError(40401, "Subject '" + subject + "' not found.");
    }

    static ApiError versionNotFound(int version) {
        return new ApiError(40402, "Version " + version + " not found.");
    }

    static ApiError schemaNotFound(String which) {
        return new ApiError(40403, "Schema " + which + " not found.");
    }

    static ApiError subjectSoftDeleted(String subject) {
        return new ApiError(
                40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently.");
    }

    static ApiError subjectNotSoftDeleted(String subject) {
        return new ApiError(40405, "Subject '" + subject + "' was not deleted first before being permanently deleted.");
    }

    static ApiError versionSoftDeleted(String subject, int version) {
        return new ApiError(
                40406,
                "Subject '" + subject + "' version " + version
                        + " was soft deleted. Set permanent=true to delete permanently.");
    }

    static ApiError versionNotSoftDeleted(String subject, int version) {
        return new ApiError(
                40407,
                "Subject '" + subject + "' version " + version
                        + " was not deleted first before being permanently deleted.");
    }

    static ApiError noLevelOfItsOwn(String subject) {
        return new ApiError(40408, "Subject '" + subject + "' does not have a compatibility level of its own.");
    }

    static ApiError noModeOfItsOwn(String subject) {
        return new ApiError(40409, "Subject '" + subject + "' does not have a mode of its own.");
    }

    static ApiError invalidSchema(@Nullable String why) {
        return new ApiError(42201, "Invalid schema: " + why);
    }

    static ApiError invalidVersion(String version) {
        return new ApiError(
                42202,
                "The version '" + version + "' is not valid. Allowed are 1 to " + Integer.MAX_VALUE
                        + " and \"latest\".");
    }

    static ApiError invalidLevel(String level) {
        return new ApiError(
                42203,
                "Invalid compatibility level '" + level + "'. Valid are NONE, BACKWARD, FORWARD, FULL,"
                        + " BACKWARD_TRANSITIVE, FORWARD_TRANSITIVE and FULL_TRANSITIVE.");
    }

    static ApiError notPermitted(String why) {
        return new ApiError(42205, why);
    }

    static ApiError invalidBody(String why) {
        return new ApiError(422, "Invalid request: " + why);
    }

    static ApiError store(@Nullable String why) {
        return new ApiError(50001, "Error in the registry's topic: " + why);
    }
}
