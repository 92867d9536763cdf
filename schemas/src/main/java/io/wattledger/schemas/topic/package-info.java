/**
 * The topic catalogue: every topic of Wattledger with its key, value, cleanup policy and retention, and how records find
 * their partition. Topics are the public interface between the processes.
 */
@NullMarked
package io.wattledger.schemas.topic;

import org.jspecify.annotations.NullMarked;
