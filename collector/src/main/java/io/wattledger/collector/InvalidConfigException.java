package io.wattledger.collector;

import java.util.List;

/** Settings that do not do; the text names all that is wrong. */
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
