/**
 * Google Cloud Logging, over its REST interface ({@code entries:write}). A batch is written whole or not at all, and is
 * delivered when the service has answered that it took it. An entry that comes twice has the same timestamp and {@code
 * insertId}, of which Cloud Logging keeps one.
 *
 * <p>Who writes is said with an access token, which a service account's key or the metadata server of the machine gives, and
 * which is renewed before it expires. No message shows a token or a key.
 */
@NullMarked
package io.wattledger.sinks.logging.google;

import org.jspecify.annotations.NullMarked;
