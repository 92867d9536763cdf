package io.wattledger.collector.workload;

import java.util.Map;

/**
 * A control group that is a piece of work.
 *
 * @param group the group that has all of it; groups inside, as the steps of a job, are the same piece
 * @param id what tells it from others of its kind
 * @param captured what else the path tells
 */
record GroupMatch(String group, String id, Map<String, String> captured) {}
