package dev.octosts.app.settings;

import java.util.Optional;

/**
 * The settings of the service's database.
 *
 * @param url the address for JDBC, of PostgreSQL or of an H2 file; it may hold a password
 * @param user the user, unless the address says it
 * @param password the user's password; a secret
 */
public record DatabaseSettings(String url, Optional<String> user, Optional<String> password) {

    static final String POSTGRESQL = "jdbc:postgresql:";
    static final String H2 = "jdbc:h2:file:";

    /** Whether several processes can use it at the same time. */
    public boolean isShared() {
        return url.startsWith(POSTGRESQL);
    }

    /** The form of the address that may be logged. */
    public String shown() {
        return isShared() ? "PostgreSQL" : "the file " + url.substring(H2.length()) + ".mv.db";
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + shown() + "]";
    }
}
