/**
 * Work that runs on this host without a wrapper: batch jobs, pods, containers, units and process trees that a control group
 * or an environment variable gives away. {@link io.wattledger.collector.workload.Workloads} looks for it every few seconds
 * and opens a run for each piece that is new; rules say which project it is accounted to. A run is named after what it is
 * ({@code slurm-4711}), so that the collector's successor goes on with it. Its end is seen where its usage is read.
 *
 * <p>Paths of control groups are matched by text alone. What they do not tell is looked up in the environment of one of the
 * processes, where the collector may read that, and for pods in the list of pods of the kubelet.
 */
@NullMarked
package io.wattledger.collector.workload;

import org.jspecify.annotations.NullMarked;
