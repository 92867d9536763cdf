package io.wattledger.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureTest {
    private static final String SECRET = "whsec-1";
    private static final Pattern SNIPPET = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void isTheHmacOfTimeAndBody() {
        var signature = new Signature(SECRET, () -> Instant.ofEpochSecond(1_772_359_215, 999_000_000));

        // printf '1772359215.{"a":1}' | openssl dgst -sha256 -hmac whsec-1
        assertThat(signature.of("{\"a\":1}".getBytes(UTF_8)))
                .isEqualTo("t=1772359215,v1=005937bd0855aaa833c742b364de4981d630702b9dfb6f85560a68ebf62032b4");
    }

    @Test
    void theSnippetOfTheDocumentationTellsGoodFromBad() throws Exception {
        assumeThat(run(List.of("python3", "--version")))
                .as("python3 (package python3)")
                .isZero();
        var body = "{\"records\":[\"ä\"]}".getBytes(UTF_8);
        var signature = new Signature(SECRET, Instant::now).of(body);
        var old = new Signature(SECRET, () -> Instant.now().minusSeconds(3600)).of(body);

        assertThat(verify(signature, body)).isEqualTo("True");
        assertThat(verify(signature, "{\"records\":[\"b\"]}".getBytes(UTF_8))).isEqualTo("False");
        assertThat(verify(new Signature("other", Instant::now).of(body), body)).isEqualTo("False");
        assertThat(verify(old, body)).isEqualTo("False");
        assertThat(verify("", body)).isEqualTo("False");
    }

    private String verify(String header, byte[] body) throws IOException, InterruptedException {
        var page = Files.readString(Path.of("..", "docs", "webhooks.md"));
        var snippets = SNIPPET.matcher(page);
        assertThat(snippets.find()).isTrue();
        var script = Files.writeString(
                folder.resolve("verify.py"),
                snippets.group(1) + "\nimport sys\nprint(is_genuine(\"" + SECRET
                        + "\", sys.argv[1], open(sys.argv[2], \"rb\").read()))\n");
        var content = Files.write(folder.resolve("body"), body);
        var process = new ProcessBuilder("python3", script.toString(), header, content.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static int run(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
