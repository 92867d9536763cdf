/**
 * Syslog (<a href="https://datatracker.ietf.org/doc/html/rfc5424">RFC 5424</a>) over TCP (<a
 * href="https://datatracker.ietf.org/doc/html/rfc6587">RFC 6587</a>, octet counting) or TLS (<a
 * href="https://datatracker.ietf.org/doc/html/rfc5425">RFC 5425</a>), with the figures as structured data.
 *
 * <p>Syslog has no acknowledgement: what was written to a connection that then breaks may be lost, and no error tells. A
 * connection that is <em>closed</em>, however, ends in two ways that can be told apart: a receiver that has read everything up
 * to our end of it closes its own end, and one that has not resets it or says nothing. Therefore, unless the settings say
 * otherwise, each delivery has its own connection, and counts when the receiver has closed it. What is not confirmed is sent
 * again: lines may come twice, and have key and revision.
 */
@NullMarked
package io.wattledger.sinks.logging.syslog;

import org.jspecify.annotations.NullMarked;
