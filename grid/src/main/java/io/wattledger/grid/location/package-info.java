/**
 * Where this host is: from what the user set, else from the environment, else from the metadata service of the cloud it
 * runs in, else from the labels of its Kubernetes node, else unknown. Nothing is guessed, least of all from an address, and
 * the answer says where it came from.
 *
 * <p>A metadata service is asked only when the firmware names that cloud or a setting does, so nothing is sent from a laptop
 * or a server in one's own rack; the API server only by a pod that was told its node. Both have little time to answer, can
 * be switched off, and one that does not answer is the same as none. A node's region label alone does not say which
 * provider's region it is, as some share names; {@code spec.providerID} does.
 */
@NullMarked
package io.wattledger.grid.location;

import org.jspecify.annotations.NullMarked;
