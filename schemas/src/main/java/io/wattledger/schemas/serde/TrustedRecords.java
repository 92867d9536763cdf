package io.wattledger.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro make records of our generated classes. Avro 1.12.2 instantiates no class that the schema of some foreign record
 * could name unless it is trusted; its own switch is the system property {@code org.apache.avro.SERIALIZABLE_PACKAGES},
 * which every main and every test would have to remember. Instead our serdes and the Connect converter call
 * {@link #trust()}; who reads with Avro's own readers calls it too. What the property trusts stays trusted.
 */
public final class TrustedRecords {
    private static final String OURS = "io.wattledger.";

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), TrustedRecords::isGeneratedByUs));
    }

    private TrustedRecords() {}

    /** Trusts the generated records and enums of Wattledger from now on, in this class loader. */
    public static void trust() {
        // The static initializer, which runs once, has done it.
    }

    private static boolean isGeneratedByUs(Class<?> type) {
        return type.getName().startsWith(OURS) && (SpecificRecord.class.isAssignableFrom(type) || type.isEnum());
    }
}
