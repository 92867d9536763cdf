/**
 * Who may do what on a Kafka cluster: the least that each role needs. One table says it; it is printed as commands, or made
 * on a cluster, and a test runs every role with nothing more.
 */
@NullMarked
package io.wattledger.cli.access;

import org.jspecify.annotations.NullMarked;
