package io.wattledger.collector.spool;

import io.wattledger.collector.spool.SpoolEntry.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Appends numbers to a spool until it is killed; says each once it is on disk. */
final class SpoolWriterMain {
    private SpoolWriterMain() {}

    public static void main(String[] args) throws IOException {
        try (var spool = Spool.open(Path.of(args[0]), 1 << 20, Spool.FOREVER)) {
            for (long number = Long.parseLong(args[1]); ; number++) {
                var text = number + " ".repeat((int) (number * 37 % 500));
                spool.append(List.of(new SpoolEntry(Kind.RUN_EVENT, 0, text.getBytes(StandardCharsets.UTF_8))));
                System.out.println(number);
            }
        }
    }
}
