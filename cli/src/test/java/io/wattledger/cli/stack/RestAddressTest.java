package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RestAddressTest {
    @Test
    void advertisesWhereItListens() {
        var address = RestAddress.loopback(8083);
        assertThat(address.isLoopback()).isTrue();
        assertThat(address.isEverywhere()).isFalse();
        assertThat(address.advertisedEndpoint()).isEqualTo("127.0.0.1");
    }

    @Test
    void advertisesTheNameOfTheHostWhereItListensEverywhere() throws Exception {
        var address = new RestAddress("0.0.0.0", 8083, "");
        assertThat(address.isEverywhere()).isTrue();
        assertThat(address.advertisedEndpoint())
                .isEqualTo(InetAddress.getLocalHost().getHostName());
    }

    @Test
    void advertisesWhatIsSaid() {
        var host = new RestAddress("0.0.0.0", 8083, "streams-1");
        assertThat(host.advertisedEndpoint()).isEqualTo("streams-1");
        assertThat(host.advertisedHost()).isEqualTo("streams-1");
        assertThat(host.advertisedPort()).isEmpty();
        var port = new RestAddress("0.0.0.0", 8083, "[fd00::1]:80");
        assertThat(port.advertisedEndpoint()).isEqualTo("[fd00::1]:80");
        assertThat(port.advertisedHost()).isEqualTo("[fd00::1]");
        assertThat(port.advertisedPort()).isEqualTo("80");
    }
}
