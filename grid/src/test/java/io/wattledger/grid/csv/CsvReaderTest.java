package io.wattledger.grid.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
    @Test
    void readsQuotesAndNamesTheLineThatARowStartsOn() throws IOException {
        assertThat(rows(new CsvReader(new StringReader("a,b\r\n\n\"x,\"\"y\"\"\n\",2\n3,"))))
                .containsExactly("1 [a, b]", "3 [x,\"y\"\n, 2]", "5 [3, ]");
    }

    @Test
    void passesOverAByteOrderMarkAtTheStartAlone() throws IOException {
        assertThat(rows(new CsvReader(new StringReader("\uFEFFa\n\uFEFFb\n")))).containsExactly("1 [a]", "2 [\uFEFFb]");
    }

    @Test
    void takesAnotherSeparator() throws IOException {
        assertThat(rows(new CsvReader(new StringReader("a,b;\"c;d\"\n"), ';'))).containsExactly("1 [a,b, c;d]");
    }

    private static List<String> rows(CsvReader csv) throws IOException {
        var rows = new ArrayList<String>();
        for (var row = csv.next(); row != null; row = csv.next()) {
            rows.add(row.line() + " " + row.fields());
        }
        return rows;
    }
}
