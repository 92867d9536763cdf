package io.wattledger.collector.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where the control socket of a collector folder is: in the folder, or, since the path of a Unix domain socket has at most
 * 107 bytes, in a folder of its own under the folder for temporary files. The address is written down in the file
 * {@code address}, which exists only while a collector listens.
 */
final class SocketAddressFile {
    private static final int LONGEST_PATH = 100;

    private final Path file;

    SocketAddressFile(Path collectorDir) {
        file = collectorDir.resolve("address");
    }

    /** The address of the collector that listens, or did when it was killed; empty when there is none. */
    Optional<UnixDomainSocketAddress> read() throws IOException {
        try {
            var path = Files.readString(file).trim();
            return path.isEmpty() ? Optional.empty() : Optional.of(UnixDomainSocketAddress.of(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A free path for the socket; one left behind by a killed collector is removed. */
    UnixDomainSocketAddress prepare() throws IOException {
        var socket = file.resolveSibling("control.sock").toAbsolutePath();
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            var folder = Files.createTempDirectory("wattledger");
            OwnerOnly.folder(folder);
            socket = folder.resolve("control.sock");
        }
        Files.deleteIfExists(socket);
        return UnixDomainSocketAddress.of(socket);
    }

    void write(UnixDomainSocketAddress address) throws IOException {
        var next = file.resolveSibling("address.new");
        Files.writeString(next, address.getPath() + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes socket and address. */
    void remove(UnixDomainSocketAddress address) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(address.getPath());
        var folder = address.getPath().getParent();
        if (folder != null && !folder.equals(file.toAbsolutePath().getParent())) {
            Files.deleteIfExists(folder);
        }
    }
}
