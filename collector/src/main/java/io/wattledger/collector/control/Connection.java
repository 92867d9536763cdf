package io.wattledger.collector.control;

import io.wattledger.collector.message.MalformedMessageException;
import io.wattledger.collector.message.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of messages over a socket. One thread reads; writing is safe from any. */
final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader lines;

    Connection(SocketChannel channel) {
        this.channel = channel;
        this.lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** The next message, or null when the other side is gone. */
    @Nullable
    Message receive() {
        try {
            var line = lines.readLine();
            return line == null ? null : Message.decode(line);
        } catch (IOException e) {
            return null;
        } catch (MalformedMessageException e) {
            return new Message("malformed").put("text", e.getMessage());
        }
    }

    synchronized void send(Message message) throws IOException {
        var bytes = ByteBuffer.wrap((message.encode() + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more either way.
            return;
        }
    }
}
