package io.wattledger.grid.entsoe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.zip.ZipInputStream;

/** Reads the body of an answer: an XML document, or a ZIP archive of them. */
final class AnswerReader {
    /** Unpacked; a month of a large zone by quarters of an hour has about 5 MiB. */
    private static final int LARGEST_ANSWER = 64 << 20;

    private static final int MOST_DOCUMENTS = 1_000;

    /** The end of an archive's directory, without a comment: signature, and number of entries at 10 (PKWARE APPNOTE, 4.3.16). */
    private static final int END_RECORD = 22;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int ENTRIES_AT = 10;

    private AnswerReader() {}

    /** @throws MalformedAnswerException when not all of it can be used */
    static Answer read(byte[] body) throws MalformedAnswerException {
        boolean zip = body.length > 1 && body[0] == 'P' && body[1] == 'K';
        return zip ? unpack(body) : DocumentParser.parse(new ByteArrayInputStream(body));
    }

    private static Answer unpack(byte[] body) throws MalformedAnswerException {
        var documents = new ArrayList<GenerationDocument>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(body))) {
            int left = LARGEST_ANSWER;
            int files = entries(body);
            if (files > MOST_DOCUMENTS) {
                throw new IOException("it has " + files + " files, more than " + MOST_DOCUMENTS);
            }
            for (int i = 0; i < files; i++) {
                if (zip.getNextEntry() == null) {
                    throw new IOException("it has " + i + " files of " + files);
                }
                var content = zip.readNBytes(left + 1);
                left -= content.length;
                if (left < 0) {
                    throw new IOException("it has more than " + LARGEST_ANSWER + " bytes");
                }
                var answer = DocumentParser.parse(new ByteArrayInputStream(content));
                if (answer instanceof Answer.Documents more) {
                    documents.addAll(more.documents());
                } else if (!((Answer.Acknowledgement) answer).noData()) {
                    return answer;
                }
            }
        } catch (IOException e) {
            throw new MalformedAnswerException("the archive cannot be unpacked: " + e.getMessage(), e);
        }
        return new Answer.Documents(documents);
    }

    /** How many files an archive says it has: one that is cut off between two of them can be told by it alone. */
    private static int entries(byte[] body) throws IOException {
        var bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = body.length - END_RECORD; at >= 0; at--) {
            if (bytes.getInt(at) == END_SIGNATURE) {
                return Short.toUnsignedInt(bytes.getShort(at + ENTRIES_AT));
            }
        }
        throw new IOException("it is cut off");
    }
}
