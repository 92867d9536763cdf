/**
 * Syslog (<a href="https://datatracker.ietf.org/doc/html/rfc5424">RFC 5424</a>) over TCP (<a
 * href="https://datatracker.ietf.org/doc/html/rfc6587">RFC 6587</a>, octet counting) or TLS (<a
 * href="https://datatracker.ietf.org/doc/html/rfc5425">RFC 5425</a>), with the figures as structured data.
 *
 * <p>Syslog has no acknowledgement: what was written to a connection that then breaks may be lost, and no error tells. The
 * end of a connection, however, tells something: a receiver that has read everything up to our end of it closes its own end
 * in good order, and one that has died before that resets it or says nothing. Therefore, unless the settings say otherwise,
 * each delivery has its own connection, and counts when the receiver has closed it after us. What is not confirmed is sent
 * again: lines may come twice, and have key and revision. What a receiver loses that has read it, nobody can tell; nor when
 * one that shuts down closes in good order, in the very moment between our end and its reading, without reading on.
 */
@NullMarked
package io.wattledger.sinks.logging.syslog;

import org.jspecify.annotations.NullMarked;
