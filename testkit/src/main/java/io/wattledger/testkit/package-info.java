/** Helpers for tests of all modules: seeded random cases that print their seed, golden files, and the cluster that tests run on. */
@NullMarked
package io.wattledger.testkit;

import org.jspecify.annotations.NullMarked;
