package io.wattledger.streams.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.RunFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerApiTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger questions = new AtomicInteger();
    private boolean ready = true;
    private LedgerApi api;

    @BeforeEach
    void start() throws IOException {
        api = LedgerApi.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new RunSource() {
                    @Override
                    public Optional<RunEmissions> run(String id) {
                        return id.equals("01A") ? Optional.of(RunFixture.run("01A")) : Optional.empty();
                    }

                    @Override
                    public List<RunEmissions> runs() {
                        return List.of(RunFixture.run("01A"), RunFixture.run("01B"));
                    }

                    @Override
                    public boolean isReady() {
                        return ready;
                    }
                },
                questions::incrementAndGet);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void showsARunAsAPageWithItsFiguresEscaped() throws Exception {
        var page = get("/runs/01A", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("0.081 Wh", "5.44 mg CO2eq", "France 2023", "train &lt;1&gt;")
                .doesNotContain("train <1>");
    }

    @Test
    void showsARunAsJsonWhenAskedTo() throws Exception {
        for (var answer : List.of(get("/runs/01A", "application/json"), get("/runs/01A?format=json", "*/*"))) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body()).contains("\"run\" : \"01A\"");
        }
    }

    @Test
    void listsTheNewestRunFirst() throws Exception {
        assertThat(get("/runs", "text/html").body()).containsSubsequence("01B", "01A");
        assertThat(get("/", "application/json").body()).containsSubsequence("01B", "01A");
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws Exception {
        var unknown = get("/runs/none", "application/json");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("no run none").contains("/runs");
        assertThat(get("/nowhere", "text/html").statusCode()).isEqualTo(404);
        ready = false;
        assertThat(get("/runs", "text/html").statusCode()).isEqualTo(503);
        assertThat(get("/health", "*/*").statusCode()).isEqualTo(503);
    }

    @Test
    void tellsThatSomebodyAskedForRunsButNotThatOneLookedWhetherItIsWell() throws Exception {
        get("/runs", "text/html");
        get("/runs/01A", "text/html");
        get("/health", "*/*");
        assertThat(questions).hasValue(2);
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api.uri().resolve(path))
                .header("Accept", accept)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
