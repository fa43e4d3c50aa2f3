package dev.octosts.app.settings;

import dev.octosts.api.Egress;
import dev.octosts.app.audit.SealingKey;
import dev.octosts.app.keys.KeyServices;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What it takes to take tokens back.
 *
 * @param database has the sealed tokens
 * @param key opens them; a secret
 * @param gitHub the address of GitHub's API
 * @param egress how calls leave this process
 */
public record RevocationSettings(DatabaseSettings database, SealingKey key, URI gitHub, Egress egress) {

    static final String WANTED = "OCTOSTS_REVOCABLE_TOKENS";
    static final String KEY = "OCTOSTS_REVOCABLE_TOKENS_KEY";

    /**
     * Reads the variables.
     *
     * @throws IllegalArgumentException when something is missing or wrong; the message says what to do
     */
    public static RevocationSettings read(Map<String, String> given) {
        DatabaseSettings database = SettingsReader.database(given);
        var variables = new Variables(given);
        URI gitHub = SettingsReader.address(variables);
        var egress = new Egress(TrustedCertificates.read(variables), Proxies.read(variables));
        var key = key(variables, new KeySources(new KeyServices(given, () -> egress)));
        if (!variables.faults().isEmpty()) {
            throw new IllegalArgumentException(variables.faults().getFirst().toString());
        }
        return new RevocationSettings(
                database,
                key.orElseThrow(() -> new IllegalArgumentException(
                        KEY + ": not set; give the file or the reference that the service has there")),
                gitHub,
                egress);
    }

    /** The key that the service seals tokens with, when it keeps them. */
    static Optional<SealingKey> sealing(Variables variables, KeySources sources, boolean hasRecords) {
        if (!variables.value(WANTED, false, GoValues::bool)) {
            return Optional.empty();
        }
        if (!hasRecords) {
            variables.refuse(
                    WANTED,
                    "needs a database with records of exchanges; set " + StickyReader.URL + ", and " + AuditReader.MODE
                            + " to durable or async, or remove this");
            return Optional.empty();
        }
        if (variables.text(KEY).isEmpty()) {
            variables.refuse(
                    KEY,
                    "not set; " + WANTED + " needs a file with a key of 32 bytes, or a reference such as vault://;"
                            + " make a key with: openssl rand -base64 32");
            return Optional.empty();
        }
        return key(variables, sources);
    }

    private static Optional<SealingKey> key(Variables variables, KeySources sources) {
        return variables.value(KEY, place -> {
            byte[] content = SecretReference.read(place)
                    .map(reference ->
                            sources.source(reference, SealingKey.MAX_BYTES).read())
                    .orElseGet(() -> BoundedFile.bytes(place, SealingKey.MAX_BYTES));
            try {
                return SealingKey.of(content);
            } catch (IllegalArgumentException none) {
                throw new IllegalArgumentException(SettingFault.quoted(place) + ": " + none.getMessage(), none);
            }
        });
    }

    @Override
    public String toString() {
        return "RevocationSettings[" + database + ", " + gitHub + "]";
    }
}
