/**
 * Where this host is: from what the user set, else from the environment, else from the metadata service of the cloud it
 * runs in, else unknown. Nothing is guessed, and the answer says where it came from.
 *
 * <p>A metadata service is asked only when the firmware names that cloud, so nothing is sent from a laptop or a server
 * in one's own rack; it has {@value io.wattledger.grid.location.CloudMetadata#DEADLINE_MILLIS} ms to answer. A service
 * that does not answer is the same as no cloud.
 */
@NullMarked
package io.wattledger.grid.location;

import org.jspecify.annotations.NullMarked;
