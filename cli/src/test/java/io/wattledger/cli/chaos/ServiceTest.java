package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.terminal.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With shells as roles. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Service service;

    private Service start(String script) {
        service = new Service("role", () -> List.of("/bin/sh", "-c", script), folder.resolve("role.log"));
        return service.start();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void knowsWhereItListensAndComesBackAfterAKill() {
        start("echo role ready at $$; exec sleep 60");
        var first = service.awaitReady(PATIENCE);
        assertThat(service.kill(Duration.ofMillis(1))).isTrue();
        Injector.await(
                "another process",
                () -> service.isReady() && !service.awaitReady(PATIENCE).equals(first));
        assertThat(service.kills()).isEqualTo(1);
        assertThat(service.ownEnds()).isZero();
        assertThat(service.longestAway()).isPositive();
    }

    @Test
    void isStartedAgainWhenItEndsByItself() {
        start("echo role ready; exit 1");
        Injector.await("a second end", () -> service.ownEnds() >= 2);
        assertThat(service.kills()).isZero();
    }

    @Test
    void staysStoppedUntilItIsWantedAgain() {
        start("echo role ready; exec sleep 60");
        service.awaitReady(PATIENCE);
        service.stop();
        assertThat(service.isAlive()).isFalse();
        assertThat(service.kill(Duration.ZERO)).isFalse();
        service.resume();
        service.awaitReady(PATIENCE);
        assertThat(service.ownEnds()).isZero();
    }

    @Test
    void saysWhatItLoggedLastWhenItDoesNotComeUp() {
        start("echo no luck >&2; exec sleep 60");
        Injector.await(
                "its last words", () -> folder.resolve("role.log").toFile().length() > 0);
        assertThatThrownBy(() -> service.awaitReady(Duration.ofMillis(10)))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("The role was not ready within", "no luck");
    }
}
