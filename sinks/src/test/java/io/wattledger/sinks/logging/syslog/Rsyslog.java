package io.wattledger.sinks.logging.syslog;

import io.wattledger.sinks.http.TestCertificates;
import io.wattledger.sinks.logging.ReceivedLines;
import io.wattledger.sinks.worker.SinkCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A real rsyslog that takes messages over TCP and TLS and keeps them in a file. */
public final class Rsyslog implements ReceivedLines, AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
    private static final Pattern RUN = Pattern.compile(" run=\"([^\"]*)\"");

    private final Path folder;
    private final int tcpPort;
    private final int tlsPort;
    private Process process;

    public Rsyslog(Path folder, TestCertificates certificate) throws IOException {
        this.folder = Files.createDirectories(folder);
        var shown = Files.writeString(folder.resolve("rsyslog.crt"), certificate.certificate());
        var key = Files.writeString(folder.resolve("rsyslog.key"), certificate.key());
        tcpPort = freePort();
        tlsPort = freePort();
        Files.writeString(folder.resolve("rsyslog.conf"), """
                global(workDirectory="%1$s" DefaultNetstreamDriverCAFile="%2$s"
                       DefaultNetstreamDriverCertFile="%2$s" DefaultNetstreamDriverKeyFile="%3$s")
                module(load="imtcp")
                template(name="line" type="string"
                         string="%%hostname%% %%app-name%% %%msgid%% %%syslogseverity-text%% %%structured-data%%%%msg%%\\n")
                ruleset(name="keep") {
                  action(type="omfile" file="%1$s/received.log" template="line" flushOnTXEnd="on")
                }
                input(type="imtcp" address="127.0.0.1" port="%4$d" ruleset="keep")
                input(type="imtcp" address="127.0.0.1" port="%5$d" ruleset="keep"
                      streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
                """.formatted(folder, shown, key, tcpPort, tlsPort));
        process = start();
    }

    /** Whether it and its TLS are there, for example from Debian's packages rsyslog and rsyslog-gnutls. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM) && Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so"));
    }

    private Process start() {
        try {
            var started = new ProcessBuilder(
                            PROGRAM.toString(),
                            "-n",
                            "-f",
                            folder.resolve("rsyslog.conf").toString(),
                            "-i",
                            folder.resolve("pid").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("rsyslog.log").toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            SinkCluster.until(() -> listens(tcpPort) && listens(tlsPort), () -> "rsyslog does not listen: " + folder);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int tcpPort() {
        return tcpPort;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** What it has received. */
    public String received() {
        try {
            var file = folder.resolve("received.log");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> runs() {
        return RUN.matcher(received())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** As when it crashes. */
    @Override
    public void goDown() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void comeBack() {
        process = start();
    }

    @Override
    public void close() {
        goDown();
    }
}
