package io.wattledger.grid.ownseries;

/** Turns content into rows. */
interface Format {
    /**
     * Gives each row, in the order of the content.
     *
     * @param content UTF-8 text
     * @throws UnreadableException when it is not of this format, or does not have what the settings name
     */
    void read(String content, RowSink sink) throws UnreadableException;

    /** Takes what is found. */
    interface RowSink {
        void row(Row row);

        /** Something that stands where a row should be. */
        void notARow(String place, String reason);
    }
}
