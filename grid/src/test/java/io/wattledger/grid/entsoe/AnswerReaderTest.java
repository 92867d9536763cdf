package io.wattledger.grid.entsoe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final String DOCUMENT =
            "<GL_MarketDocument><createdDateTime>2026-02-03T15:02:00Z</createdDateTime></GL_MarketDocument>";

    @Test
    void readsADocumentAndAnArchiveOfDocuments() throws Exception {
        assertThat(documents(DOCUMENT.getBytes(UTF_8))).hasSize(1);
        assertThat(documents(zip(List.of(DOCUMENT, DOCUMENT, DOCUMENT)))).hasSize(3);
    }

    @Test
    void anArchiveThatIsCutOffIsNotUsedInPart() {
        var whole = zip(Collections.nCopies(5, DOCUMENT));
        for (int length = 2; length < whole.length; length += 7) {
            var part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> AnswerReader.read(part)).isInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void anArchiveWithADocumentThatCannotBeUsedIsNotUsedInPart() {
        assertThatThrownBy(() -> AnswerReader.read(zip(List.of(DOCUMENT, "<html/>"))))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("it begins with html");
    }

    @Test
    void anArchiveMaySayThatThereIsNothingOrTooMuch() throws Exception {
        var noData = acknowledgement("No matching data found");
        assertThat(documents(zip(List.of(DOCUMENT, noData)))).hasSize(1);
        assertThat(AnswerReader.read(zip(List.of(DOCUMENT, acknowledgement("exceeds allowed limit")))))
                .isEqualTo(new Answer.Acknowledgement("exceeds allowed limit"));
    }

    private static String acknowledgement(String reason) {
        return new String(EntsoePlatform.acknowledgement(200, reason).body(), UTF_8);
    }

    @Test
    void doesNotUnpackMoreThanAnAnswerCanHave() {
        var padding = " ".repeat(40 << 20);
        assertThatThrownBy(() -> AnswerReader.read(zip(List.of(DOCUMENT + padding, DOCUMENT + padding))))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("more than 67108864 bytes");
        assertThatThrownBy(() -> AnswerReader.read(zip(Collections.nCopies(1_001, DOCUMENT))))
                .hasMessageContaining("it has 1001 files");
    }

    private static byte[] zip(List<String> documents) {
        return EntsoePlatform.zip(documents).body();
    }

    private static List<GenerationDocument> documents(byte[] body) throws MalformedAnswerException {
        return ((Answer.Documents) AnswerReader.read(body)).documents();
    }
}
