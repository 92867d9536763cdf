package io.wattledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table =
            new Table("Speed", "what", "samples/s").line("ledger", "12,345").line("bare consumer", 7);

    @Test
    void alignsWordsLeftAndFiguresRight() {
        assertThat(table.text()).isEqualTo("""
                Speed
                  what           samples/s
                  ledger            12,345
                  bare consumer          7
                """);
    }

    @Test
    void isATableInMarkdownToo() {
        assertThat(table.markdown()).isEqualTo("""
                **Speed**

                | what          | samples/s |
                | ------------- | --------: |
                | ledger        |    12,345 |
                | bare consumer |         7 |
                """);
    }
}
