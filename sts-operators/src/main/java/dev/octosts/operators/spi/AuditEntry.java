package dev.octosts.operators.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A record as operators see it.
 *
 * @param place where it is in the chain
 * @param id unique among all
 * @param at when it happened
 * @param fields its texts; those that are empty are there, too
 * @param blob git's id of the policy's content
 * @param expiresAt when the token expires
 * @param installation the installation that minted, or 0
 * @param data everything else, a JSON object
 * @param hash of the chain
 */
public record AuditEntry(
        AuditPlace place,
        String id,
        Instant at,
        Map<AuditField, String> fields,
        String blob,
        Optional<Instant> expiresAt,
        long installation,
        String data,
        String hash) {

    public AuditEntry {
        fields = Map.copyOf(fields);
    }

    /** The text of a field; empty when there is none. */
    public String text(AuditField field) {
        return fields.getOrDefault(field, "");
    }
}
