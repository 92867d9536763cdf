/** How the topology keeps its state: Avro behind a format byte, independent of any schema registry. */
@NullMarked
package io.wattledger.streams.state;

import org.jspecify.annotations.NullMarked;
