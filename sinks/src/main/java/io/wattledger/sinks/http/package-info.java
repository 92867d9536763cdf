/** Sending to services over HTTP: credentials, certificates, and what an answer means for the records that were sent. */
@NullMarked
package io.wattledger.sinks.http;

import org.jspecify.annotations.NullMarked;
