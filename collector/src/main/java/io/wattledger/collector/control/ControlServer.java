package io.wattledger.collector.control;

import io.wattledger.collector.message.MalformedMessageException;
import io.wattledger.collector.message.Message;
import io.wattledger.collector.snapshot.Snapshot;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for wrappers, and for whoever speaks HTTP, as the prolog of a batch job does. The caller holds the folder's lock,
 * so a socket that is there already is a dead one.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final CollectorService service;
    private final SocketAddressFile addressFile;
    private final UnixDomainSocketAddress address;
    private final ServerSocketChannel server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    /** Which connection speaks for a run; a wrapper that has connected anew takes its run along. */
    private final ConcurrentHashMap<String, Connection> speakers = new ConcurrentHashMap<>();

    private volatile boolean closed;

    private ControlServer(
            CollectorService service,
            SocketAddressFile addressFile,
            UnixDomainSocketAddress address,
            ServerSocketChannel server) {
        this.service = service;
        this.addressFile = addressFile;
        this.address = address;
        this.server = server;
    }

    /** Listens in a folder, which exists. */
    public static ControlServer start(Path collectorDir, CollectorService service) throws IOException {
        var addressFile = new SocketAddressFile(collectorDir);
        var address = addressFile.prepare();
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(address);
        OwnerOnly.file(address.getPath());
        addressFile.write(address);
        var server = new ControlServer(service, addressFile, address, channel);
        daemon("collector-control", server::accept).start();
        return server;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        addressFile.remove(address);
        server.close();
        connections.forEach(Connection::close);
    }

    private void accept() {
        while (!closed) {
            try {
                var connection = new Connection(server.accept());
                connections.add(connection);
                daemon("collector-connection", () -> serve(connection)).start();
            } catch (IOException e) {
                if (closed || !server.isOpen()) {
                    return;
                }
                // As when too many files are open: that passes, and runs are to register then.
                LOG.error("Cannot accept a connection at {} ({}); trying again", address, e.toString());
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    private void serve(Connection connection) {
        @Nullable String run = null;
        try {
            var first = connection.readLine(Connection.LONGEST_LINE);
            if (first != null && HttpConversation.isRequest(first)) {
                new HttpConversation(connection, new RunRequests(service)).serve(first);
                return;
            }
            var request = first == null ? null : Connection.message(first);
            for (; request != null; request = connection.receive()) {
                if (request.type().equals("register")) {
                    run = request.find("run");
                }
                connection.send(answer(request, connection));
            }
        } catch (IOException e) {
            LOG.debug("Who asked went away before it had its answer", e);
        } finally {
            connections.remove(connection);
            connection.close();
            abandon(run, connection);
        }
    }

    private Message answer(Message request, Connection connection) {
        try {
            return switch (request.type()) {
                case "register" -> {
                    var start = RunStart.fromMessage(request);
                    speakers.put(start.run(), connection);
                    yield service.register(start, snapshot(request), request.findLong("pid"))
                            .toMessage();
                }
                case "started" -> {
                    service.started(request.get("run"), request.getLong("pid"));
                    yield new Message("ok");
                }
                case "end" -> {
                    var ended = service.end(request.get("run"), RunEnd.fromMessage(request));
                    speakers.remove(request.get("run"));
                    yield ended.toMessage();
                }
                case "status" -> service.status().toMessage();
                default -> error("The collector does not know the request '" + request.type() + "'");
            };
        } catch (IOException | RuntimeException e) {
            if (e instanceof RuntimeException && !(e instanceof MalformedMessageException)) {
                LOG.error("Request '{}' failed because of a defect", request.type(), e);
            }
            return error(String.valueOf(e.getMessage()));
        }
    }

    private void abandon(@Nullable String run, Connection connection) {
        if (run == null || closed || !speakers.remove(run, connection)) {
            return;
        }
        try {
            service.abandoned(run);
        } catch (IOException e) {
            LOG.warn("Cannot end run {}, whose wrapper is gone: {}", run, e.getMessage());
        }
    }

    static @Nullable Snapshot snapshot(Message request) {
        return request.has("s.wall") ? Snapshot.fromMessage(request.part("s.")) : null;
    }

    private static Message error(String text) {
        return new Message("error").put("text", text);
    }

    private static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
