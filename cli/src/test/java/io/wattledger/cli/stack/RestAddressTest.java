package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestAddressTest {
    @Test
    void advertisesWhereItListens() {
        var address = RestAddress.loopback(8083);
        assertThat(address.isLoopback()).isTrue();
        assertThat(address.isEverywhere()).isFalse();
        assertThat(address.reached().endpoint(8083)).isEqualTo("127.0.0.1:8083");
    }

    @Test
    void advertisesTheNameOfTheHostWhereItListensEverywhere() throws Exception {
        var address = new RestAddress("0.0.0.0", 8083, "");
        assertThat(address.isEverywhere()).isTrue();
        assertThat(address.reached().host())
                .isEqualTo(InetAddress.getLocalHost().getHostName());
    }

    @ParameterizedTest
    @CsvSource({
        "streams-1, streams-1:8083",
        "streams-1:80, streams-1:80",
        "10.0.0.7, 10.0.0.7:8083",
        "[fd00::1]:80, [fd00::1]:80",
        "[fd00::1], [fd00::1]:8083",
        "fd00:10:244::5, [fd00:10:244::5]:8083"
    })
    void advertisesWhatIsSaid(String said, String endpoint) {
        assertThat(new RestAddress("0.0.0.0", 8083, said).reached().endpoint(8083))
                .isEqualTo(endpoint);
    }
}
