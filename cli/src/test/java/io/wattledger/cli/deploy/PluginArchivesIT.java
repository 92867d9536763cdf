package io.wattledger.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.schemas.connect.BuildVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives as anyone unpacks them into a plugin.path, judged by Kafka's own tool, which has nothing of ours. */
class PluginArchivesIT {
    private static final List<String> MODULES = List.of("sinks", "grid");

    @TempDir
    Path plugins;

    @BeforeEach
    void unpack() throws IOException {
        for (var module : MODULES) {
            unzip(home().resolve(module + "/target/wattledger-" + module + "-" + BuildVersion.text() + ".zip"));
        }
    }

    private void unzip(Path archive) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = plugins.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                if (!entry.isDirectory()) {
                    Files.copy(zip, file);
                }
            }
        }
    }

    @Test
    void everyPluginIsFoundByItsManifestAndCanBeLoaded() throws Exception {
        var listed = connectPluginPath("list");

        var lines =
                listed.lines().filter(line -> line.startsWith("io.wattledger.")).toList();
        assertThat(lines).allSatisfy(line -> {
            var columns = line.split("\t");
            assertThat(columns[3]).as("version").isEqualTo(BuildVersion.text());
            assertThat(columns[5]).as("loadable").isEqualTo("true");
            assertThat(columns[6]).as("has manifest").isEqualTo("true");
        });
        assertThat(lines.stream().map(line -> line.split("\t")[0]).collect(Collectors.toSet()))
                .isEqualTo(named());
        var all = lines.size();
        assertThat(listed.replaceAll("\\s+", " "))
                .contains("Total plugins: " + all, "Loadable plugins: " + all, "Compatible plugins: " + all);
    }

    @Test
    void nothingIsToBeMigrated() throws Exception {
        assertThat(connectPluginPath("sync-manifests", "--dry-run")).contains("No changes required.");
    }

    @Test
    void archivesAreLaidOutAsThoseOfConfluentHub() throws IOException {
        for (var module : MODULES) {
            var folder = plugins.resolve("wattledger-" + module + "-" + BuildVersion.text());
            var manifest =
                    new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
            assertThat(manifest.get("name").asText()).isEqualTo(module);
            assertThat(manifest.get("version").asText()).isEqualTo(BuildVersion.text());
            assertThat(manifest.at("/owner/username").asText()).isEqualTo("wattledger");
            assertThat(manifest.get("component_types")).isNotEmpty();
            assertThat(manifest.toString()).doesNotContain("${");
            assertThat(folder.resolve("doc/README.md")).exists();
            try (var jars = Files.list(folder.resolve("lib"))) {
                assertThat(jars.map(jar -> jar.getFileName().toString()))
                        .as("a worker has these itself")
                        .noneMatch(jar -> jar.startsWith("kafka-")
                                || jar.startsWith("connect-")
                                || jar.startsWith("slf4j-")
                                || jar.startsWith("zstd-"));
            }
        }
    }

    /** What the service files of the modules name. */
    private static Set<String> named() throws IOException {
        var names = new HashSet<String>();
        for (var module : List.of("schemas", "sinks", "grid")) {
            try (var files = Files.list(home().resolve(module + "/src/main/resources/META-INF/services"))) {
                for (var file : files.filter(
                                one -> one.getFileName().toString().startsWith("org.apache.kafka.connect."))
                        .toList()) {
                    names.addAll(Files.readAllLines(file));
                }
            }
        }
        return names;
    }

    private String connectPluginPath(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                whatAWorkerHas(),
                "org.apache.kafka.tools.ConnectPluginPath"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--plugin-path", plugins.toString()));
        var log = plugins.resolveSibling(plugins.getFileName() + ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var ended = process.waitFor(2, TimeUnit.MINUTES);
        var output = Files.readString(log, UTF_8);
        Files.delete(log);
        assertThat(ended && process.exitValue() == 0).as(output).isTrue();
        return output;
    }

    /** This class path without our modules and what only they need. */
    private static String whatAWorkerHas() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("-SNAPSHOT"))
                .filter(entry -> !entry.contains("avro"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path home() {
        return Path.of("..").toAbsolutePath().normalize();
    }
}
