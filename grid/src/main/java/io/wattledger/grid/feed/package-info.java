/**
 * Live feeds of carbon intensity: what all Kafka Connect source connectors of them have in common. A provider is a
 * {@link io.wattledger.grid.feed.FeedProvider} (its settings and what its numbers mean) and a
 * {@link io.wattledger.grid.feed.GridIntensitySource} (ask, and read the answer); its connector and its task are a line
 * each. Everything else is here.
 *
 * <p>The zones of a connector are divided among its tasks, so each zone has one writer. A task has one thread that reads,
 * because a service may take long to answer and Connect must never wait for it; {@code poll} only turns what was read into
 * records. It reads the last 24 hours of each zone again and again, at the start what is missing before that, once a day
 * windows of the past that sources are known to revise, and forecasts.
 *
 * <p>Values are published per slot of the ledger: a longer interval for each slot in it, shorter ones as their mean once
 * they cover the slot. What was published is kept in Connect's source offsets, one per series, zone and UTC day, so nothing
 * is published twice, and never an older version over a newer one, whenever the task is stopped or killed. After a kill the
 * last few records may come again as they were. What a source says later replaces what it said before when it is measured
 * where that was estimated, or is as good and newer.
 *
 * <p>A failure costs the failed request and nothing else: it is tried again, later each time, and the state of the feed
 * is published with the reason.
 */
@NullMarked
package io.wattledger.grid.feed;

import org.jspecify.annotations.NullMarked;
