package io.wattledger.collector.sensor.redfish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in. The password is read when it is needed and not kept.
 *
 * @param user name
 * @param passwordFile file with the password, or null for the environment variable
 */
record Credentials(String user, @Nullable Path passwordFile) {
    static final String PASSWORD_VARIABLE = "WATTLEDGER_REDFISH_PASSWORD";

    String password() throws IOException {
        if (passwordFile != null) {
            try {
                return Files.readString(passwordFile).strip();
            } catch (IOException e) {
                throw new IOException("cannot read the password in " + passwordFile + " (" + e + ")", e);
            }
        }
        var password = System.getenv(PASSWORD_VARIABLE);
        if (password == null) {
            throw new IOException("there is no password: set " + RedfishConfig.PASSWORD_FILE + " or the variable "
                    + PASSWORD_VARIABLE);
        }
        return password;
    }
}
