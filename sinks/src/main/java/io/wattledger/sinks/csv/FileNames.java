package io.wattledger.sinks.csv;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Names of the files that follow one another: {@code runs.csv} for ever where none follows, otherwise with day, number or
 * both, {@code runs-2026-03-01-0001.csv}. A file keeps its name, so its readers need not know of the moment of change.
 *
 * @param folder of all of them
 * @param stem what comes before day and number
 * @param ending what comes after them
 */
record FileNames(Path folder, String stem, String ending, boolean daily, boolean numbered) {
    private static final String GZIP = ".gz";

    static FileNames of(Path file, boolean daily, boolean numbered) {
        var name = file.getFileName().toString();
        int end = isGzip(file) ? name.length() - GZIP.length() : name.length();
        int dot = name.lastIndexOf('.', end - 1);
        int cut = dot > 0 ? dot : end;
        return new FileNames(file.resolveSibling(""), name.substring(0, cut), name.substring(cut), daily, numbered);
    }

    static boolean isGzip(Path file) {
        return file.toString().endsWith(GZIP);
    }

    /** Names of files that stand beside these. */
    FileNames beside(String suffix) {
        return new FileNames(folder, stem + suffix, ending, daily, numbered);
    }

    /** Whether rows of this day belong into the file. */
    boolean isOf(Path file, LocalDate day) {
        return number(file, day) > 0;
    }

    /** The file for rows of a day that comes after the current one. */
    Path after(@Nullable Path current, LocalDate day) {
        int number = current == null ? 1 : number(current, day) + 1;
        while (numbered && Files.exists(file(number, day))) {
            number++;
        }
        return file(number, day);
    }

    private Path file(int number, LocalDate day) {
        return folder.resolve(beginning(day) + (numbered ? "-%04d".formatted(number) : "") + ending);
    }

    /** The number of a file of this day; 0 of any other. */
    private int number(Path file, LocalDate day) {
        var name = file.getFileName().toString();
        if (!numbered) {
            return name.equals(beginning(day) + ending) ? 1 : 0;
        }
        var before = beginning(day) + "-";
        if (!name.startsWith(before) || !name.endsWith(ending) || name.length() < before.length() + ending.length()) {
            return 0;
        }
        var digits = name.substring(before.length(), name.length() - ending.length());
        return digits.matches("[0-9]{4,9}") ? Integer.parseInt(digits) : 0;
    }

    private String beginning(LocalDate day) {
        return stem + (daily ? "-" + day : "");
    }
}
