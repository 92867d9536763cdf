package io.wattledger.collector.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodListTest {
    private static final String LIST = """
            {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": [
              {"metadata": {"name": "web-1", "namespace": "shop", "uid": "u-1", "labels": {"app": "web"},
                "ownerReferences": [{"kind": "ReplicaSet"}]}, "spec": {"containers": [{"name": "c"}]}, "status": {}},
              {"metadata": {"name": "etcd", "namespace": "kube-system", "uid": "u-2",
                "annotations": {"kubernetes.io/config.hash": "h-2"}}}
            ]}
            """;

    private long nanos;

    @Test
    void readsWhatTheKubeletLists() throws IOException {
        var pods = PodList.parse(stream(LIST));

        assertThat(pods.get("u-1")).isEqualTo(new PodList.Pod("shop", "web-1", Map.of("app", "web")));
        assertThat(pods.get("h-2")).isEqualTo(new PodList.Pod("kube-system", "etcd", Map.of()));
    }

    @Test
    void refusesWhatIsNoList() {
        assertThatThrownBy(() -> PodList.parse(stream("{\"kind\": \"Status\"}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PodList");
        assertThatThrownBy(() -> PodList.parse(stream("no json"))).isInstanceOf(IOException.class);
    }

    @Test
    void asksAgainWhenAnUnknownPodTurnsUpButNotAllTheTime() {
        var asked = new ArrayList<Long>();
        var list = new PodList(
                () -> {
                    asked.add(nanos);
                    return stream(LIST);
                },
                () -> nanos);

        assertThat(list.find("u-1")).isPresent();
        assertThat(list.find("u-1")).isPresent();
        assertThat(list.find("new")).isEmpty();
        assertThat(asked).hasSize(1);
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(list.find("new")).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void keepsWhatItKnowsWhenTheKubeletDoesNotAnswer() {
        var answers = new ArrayList<>(List.of(LIST, "?"));
        var list = new PodList(() -> stream(answers.remove(0)), () -> nanos);
        list.find("u-1");
        nanos += Duration.ofSeconds(5).toNanos();

        assertThat(list.find("new")).isEmpty();
        assertThat(list.find("u-1")).isPresent();
        assertThat(answers).isEmpty();
    }

    @Test
    void asksTheKubeletWithTheTokenOfTheFile(@TempDir Path folder) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/pods", exchange -> {
            boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = known ? LIST.getBytes(StandardCharsets.UTF_8) : new byte[1];
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var url = URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                    + server.getAddress().getPort() + "/pods");
            var token = Files.writeString(folder.resolve("token"), "secret\n");
            try (var in = new KubeletSource(url, token).open()) {
                assertThat(PodList.parse(in)).containsKey("u-1");
            }
            assertThatThrownBy(() -> new KubeletSource(url, null).open())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("401")
                    .hasMessageContaining("kubernetes.token.file");
        } finally {
            server.stop(0);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
