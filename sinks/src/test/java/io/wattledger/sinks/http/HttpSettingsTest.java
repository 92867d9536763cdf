package io.wattledger.sinks.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.connect.SettingProblems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
    private static final HttpSettings SETTINGS = new HttpSettings("x.");

    @Test
    void takesAnAddressAlone() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void namesAnAddressThatIsNoneWithoutShowingIt() {
        assertThat(problems(Map.of("x.url", "htps://hooks.example/T0/secret")))
                .containsExactly(Map.entry("x.url", List.of("x.url must be an http:// or https:// address")));
        assertThat(problems(Map.of("x.url", "http://a b/secret")))
                .containsExactly(Map.entry("x.url", List.of("x.url must be an address")));
        assertThat(problems(Map.of("x.url", "https://me:secret@hooks.example/")))
                .containsExactly(Map.entry(
                        "x.url", List.of("x.url must not have credentials in it; there are settings for them")));
    }

    @Test
    void namesCredentialsThatAreMissingOrOfNoUse() {
        assertThat(problems(Map.of("x.auth.type", "basic"))).containsOnlyKeys("x.auth.username");
        assertThat(problems(Map.of("x.auth.type", "bearer"))).containsOnlyKeys("x.auth.token");
        assertThat(problems(Map.of("x.auth.username", "me", "x.auth.token", "abc")))
                .containsOnlyKeys("x.auth.username", "x.auth.token");
        assertThat(problems(Map.of("x.auth.type", "digest"))).containsOnlyKeys("x.auth.type");
    }

    @Test
    void namesHeadersThatCannotBeSentWithoutShowingThem() {
        var problems = problems(
                Map.of("x.header.Host", "other.example", "x.header.X-Key", "secret\nkey", "x.header.X Y", "secret"));

        assertThat(problems).containsOnlyKeys("x.header.Host", "x.header.X-Key", "x.header.X Y");
        assertThat(problems.toString()).doesNotContain("secret");
    }

    @Test
    void namesATokenThatCannotBeSentWithoutShowingIt() {
        var problems = problems(Map.of("x.auth.type", "bearer", "x.auth.token", "secret\ntoken"));

        assertThat(problems).containsOnlyKeys("x.auth.type");
        assertThat(problems.toString()).doesNotContain("secret");
    }

    @Test
    void namesCertificatesThatCannotBeRead() {
        assertThat(problems(Map.of("x.ssl.truststore.location", "/no/such.p12")))
                .containsOnlyKeys("x.ssl.truststore.location")
                .asString()
                .contains("/no/such.p12");
        assertThat(problems(Map.of("x.ssl.keystore.type", "PEM", "x.ssl.keystore.key", "no key")))
                .isNotEmpty()
                .asString()
                .doesNotContain("no key");
    }

    private static Map<String, List<String>> problems(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("x.url", "https://hooks.example/in"));
        all.putAll(settings);
        var definition = SETTINGS.define(new ConfigDef(), null);
        var problems = SettingProblems.of(definition, all, SETTINGS.header());
        if (problems.isEmpty()) {
            SETTINGS.check(new AbstractConfig(definition, all, false), problems);
        }
        return problems.bySetting();
    }
}
