package io.wattledger.grid.feed;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** What is particular to one provider of intensities. Connector and task of a provider are made of it. */
public interface FeedProvider {
    /** {@link FeedConfig#definition} and the provider's own settings, all of them behind one prefix of its own. */
    ConfigDef definition();

    /** Who publishes, as records name it: the same for all that these settings write. */
    String source(AbstractConfig settings);

    /** What the numbers mean that these settings give. */
    Signal signal(AbstractConfig settings);

    /** What the values are published as unless a series is set; a series named after the signal. */
    default String series(AbstractConfig settings) {
        return signal(settings).series();
    }

    /** What is wrong with settings that are right one by one, in words; by default nothing. */
    default List<String> problems(AbstractConfig settings) {
        return List.of();
    }

    /** The source, which one task will read; nothing is asked yet. */
    GridIntensitySource open(AbstractConfig settings, FeedConfig feed, FeedTools tools);
}
