package io.wattledger.grid.entsoe;

/**
 * An Energy Identification Code of ENTSO-E: 16 capital letters, digits and hyphens, the last of which checks the others
 * (EIC Reference Manual, 5.5: weights 16 to 2, modulo 37).
 */
record Eic(String text) {
    private static final int LENGTH = 16;
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";

    /** @throws IllegalArgumentException when it is no such code */
    Eic {
        if (!looksLikeOne(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no EIC code; one has " + LENGTH + " capital letters, digits and hyphens");
        }
        char expected = checkCharacter(text);
        if (text.charAt(LENGTH - 1) != expected) {
            throw new IllegalArgumentException("The EIC code " + text + " has a typing error: its first " + (LENGTH - 1)
                    + " characters would end with " + expected);
        }
    }

    /** Whether a text can only be meant as a code, right or wrong. */
    static boolean looksLikeOne(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> CHARACTERS.indexOf(c) >= 0);
    }

    private static char checkCharacter(String text) {
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += CHARACTERS.indexOf(text.charAt(i)) * (LENGTH - i);
        }
        int modulus = CHARACTERS.length();
        return CHARACTERS.charAt(modulus - 1 - Math.floorMod(sum - 1, modulus));
    }

    @Override
    public String toString() {
        return text;
    }
}
