/**
 * macOS's {@code powermetrics}: power of processor, GPU, neural engine and, on some models, memory. These are estimates by
 * Apple's own models, not to be compared between machines; only root may ask. Every read runs the command, which takes as
 * long as it samples; to be read in the background.
 */
@NullMarked
package io.wattledger.collector.sensor.powermetrics;

import org.jspecify.annotations.NullMarked;
