/** What a person sees: failures as one clear line, and progress where they wait. */
@NullMarked
package io.wattledger.cli.terminal;

import org.jspecify.annotations.NullMarked;
