package io.wattledger.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/**
 * A Kafka cluster of one broker with a schema registry, for one test class. It is the one embedded in the module under test,
 * or with {@code -Denvironment=containers} one of other people's images in containers; tests do not know which.
 */
public interface KafkaEnvironment extends AutoCloseable {
    /** Where clients on this host find the broker, host:port. */
    String bootstrapServers();

    /**
     * Address of the schema registry, which is started when it is first asked for.
     *
     * @throws UnsupportedOperationException where the tests of a module have no use for one
     */
    String schemaRegistryUrl();

    /** Ends both; what was in them is gone. */
    @Override
    void close();

    /**
     * Starts the environment that the system property {@code environment} names. Where that is containers and there is no
     * Docker engine, the tests that asked are skipped.
     *
     * @param embedded starts the embedded one
     * @throws AssertionError when there is no environment of that name, or the images of the containers cannot be had
     */
    static KafkaEnvironment start(Supplier<? extends KafkaEnvironment> embedded) {
        var name = System.getProperty("environment", "embedded");
        switch (name) {
            case "embedded":
                return embedded.get();
            case "containers":
                if (!DockerClientFactory.instance().isDockerAvailable()) {
                    var why = "Skipped: -Denvironment=containers needs a Docker engine and none answers; start one";
                    // Maven does not tell why a whole class is skipped.
                    System.err.println(why);
                    abort(why);
                }
                return KafkaContainers.start();
            default:
                throw new AssertionError("-Denvironment=" + name + " is neither embedded nor containers");
        }
    }
}
