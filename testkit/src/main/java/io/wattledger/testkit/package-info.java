/** Helpers for tests of all modules: seeded random cases that print their seed, and golden files. */
@NullMarked
package io.wattledger.testkit;

import org.jspecify.annotations.NullMarked;
