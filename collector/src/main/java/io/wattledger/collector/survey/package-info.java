/**
 * Which sensors and models this host is measured with. Sensors come first; a model is used only for a component that no
 * sensor measures. The survey keeps what was refused and why, for {@code wattledger sensors}.
 */
@NullMarked
package io.wattledger.collector.survey;

import org.jspecify.annotations.NullMarked;
