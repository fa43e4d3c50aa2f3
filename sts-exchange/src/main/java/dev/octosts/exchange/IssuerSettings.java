package dev.octosts.exchange;

import dev.octosts.exchange.issuer.IssuersFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The settings for OIDC issuers: which of them may be called for their keys.
 *
 * @param allowed the only issuers that are accepted, byte for byte; empty when any is
 * @param allowLoopback whether an issuer may run on this machine
 * @param allowPrivate whether an issuer may run in a private network
 * @param file describes issuers that need more than a name; they are accepted in addition to those of the list
 */
public record IssuerSettings(Set<String> allowed, boolean allowLoopback, boolean allowPrivate, Optional<Path> file) {

    public IssuerSettings {
        allowed = Set.copyOf(allowed);
    }

    /**
     * Reads a file of issuers in the same way as the service does.
     *
     * @throws IllegalArgumentException with everything that is wrong with it
     */
    public static Path checked(Path file) {
        IssuersFile.read(file);
        return file;
    }
}
