package io.wattledger.grid.entsoe;

import java.util.List;
import java.util.Locale;

/** What the platform answers: documents, or in their place a reason why there are none. */
sealed interface Answer {
    record Documents(List<GenerationDocument> documents) implements Answer {}

    /** @param reason the platform's words */
    record Acknowledgement(String reason) implements Answer {
        /** The question was right, and there is nothing. */
        boolean noData() {
            return reason.toLowerCase(Locale.ROOT).contains("no matching data found");
        }

        /** There is more than goes into one answer. */
        boolean overLimit() {
            return reason.toLowerCase(Locale.ROOT).contains("exceeds allowed limit")
                    || reason.toLowerCase(Locale.ROOT).contains("exceeds the allowed");
        }
    }
}
