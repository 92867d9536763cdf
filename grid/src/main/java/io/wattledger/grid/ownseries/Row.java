package io.wattledger.grid.ownseries;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as it stands in the content.
 *
 * @param place where it stands, for example {@code line 17}
 * @param texts what its fields say, without spaces around it; a field that is empty or not there is missing
 */
record Row(String place, Map<Field, String> texts) {
    @Nullable
    String text(Field field) {
        return texts.get(field);
    }
}
