package io.wattledger.collector.control;

import io.wattledger.collector.message.MalformedMessageException;
import io.wattledger.collector.message.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of text over a socket. One thread reads; writing is safe from any. */
final class Connection implements AutoCloseable {
    static final int LONGEST_LINE = 1 << 20;

    private final SocketChannel channel;
    private final InputStream in;

    Connection(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    /** The next message, or null when the other side is gone. */
    @Nullable
    Message receive() {
        try {
            var line = readLine(LONGEST_LINE);
            return line == null ? null : message(line);
        } catch (IOException e) {
            return null;
        }
    }

    /** The message in a line. */
    static Message message(String line) {
        try {
            return Message.decode(line);
        } catch (MalformedMessageException e) {
            return new Message("malformed").put("text", e.getMessage());
        }
    }

    /**
     * The next line without its end, or null when the other side is gone.
     *
     * @throws IOException when it has more than this many bytes
     */
    @Nullable
    String readLine(int longest) throws IOException {
        var line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (line.size() == longest) {
                throw new IOException("A line of more than " + longest + " bytes");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** So many bytes. */
    byte[] read(int bytes) throws IOException {
        var read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException("The other side is gone after " + read.length + " of " + bytes + " bytes");
        }
        return read;
    }

    void send(Message message) throws IOException {
        send((message.encode() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    synchronized void send(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
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
