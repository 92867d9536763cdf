/**
 * Flat text messages: one line, a type and named values. They carry the talk between a run's wrapper and the collector
 * and the collector's own checkpoints. Deliberately less than JSON: the wrapper reads and writes them before the
 * measured command starts, where loading a JSON library would cost more than everything else it does.
 */
@NullMarked
package io.wattledger.collector.message;

import org.jspecify.annotations.NullMarked;
