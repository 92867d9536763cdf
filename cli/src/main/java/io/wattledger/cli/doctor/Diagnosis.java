package io.wattledger.cli.doctor;

import java.util.List;

/**
 * What was found out about one thing.
 *
 * @param subject what was looked at
 * @param state whether somebody has to do something
 * @param found what was tried and what came of it
 * @param commands what mends it, to paste into a shell; empty when nothing is to be done
 */
record Diagnosis(String subject, State state, String found, List<String> commands) {
    enum State {
        /** It works. */
        well,
        /** It is not there, which is no fault. */
        absent,
        /** It does not work and can be mended. */
        ill
    }

    static Diagnosis well(String subject, String found) {
        return new Diagnosis(subject, State.well, found, List.of());
    }

    static Diagnosis absent(String subject, String found) {
        return new Diagnosis(subject, State.absent, found, List.of());
    }

    static Diagnosis ill(String subject, String found, String... commands) {
        return new Diagnosis(subject, State.ill, found, List.of(commands));
    }
}
