package io.wattledger.collector.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.testkit.Cases;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void comesBackAsItWas() {
        var message = new Message("register")
                .put("name", "a=b\tc\\d\ne\rf")
                .put("empty", "")
                .put("count", 42L);

        var back = Message.decode(message.encode());

        assertThat(back.type()).isEqualTo("register");
        assertThat(back.values()).isEqualTo(message.values());
        assertThat(back.getLong("count")).isEqualTo(42);
    }

    @Test
    void isOneLineWhateverItHolds() {
        assertThat(new Message("m").put("l.a\nb", "c\r\nd").encode()).doesNotContain("\n", "\r");
    }

    @Test
    void comesBackForAnyText() {
        Cases.check(300, random -> {
            var message = new Message("any");
            for (int i = 0; i < 5; i++) {
                message.put(text(random) + i, text(random));
            }
            assertThat(Message.decode(message.encode()).values()).isEqualTo(message.values());
        });
    }

    @Test
    void leavesOutWhatIsNull() {
        assertThat(new Message("m").put("name", null).has("name")).isFalse();
    }

    @Test
    void carriesAnotherMessageBehindAPrefix() {
        var inner = new Message("inner").put("a", 1).put("b.c", 2);

        var back = Message.decode(
                new Message("outer").putAll("i.", inner).put("x", 3).encode());

        assertThat(back.part("i.").values()).isEqualTo(inner.values());
    }

    @Test
    void saysWhatIsMissingOrNoNumber() {
        assertThatThrownBy(() -> new Message("end").get("run"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("'run'")
                .hasMessageContaining("'end'");
        assertThatThrownBy(() -> new Message("end").put("pid", "x").getLong("pid"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("pid=x");
        assertThatThrownBy(() -> Message.decode("end\trun")).isInstanceOf(MalformedMessageException.class);
    }

    private static String text(java.util.Random random) {
        var alphabet = "ab=\\\t\n\r.é 0";
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
