package dev.octosts.operators.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which records are wanted: those for which everything fits.
 *
 * @param reach the accounts whose records may be seen at all
 * @param fields whole values
 * @param from not before
 * @param to before
 */
public record AuditFilter(Reach reach, Map<AuditField, String> fields, Optional<Instant> from, Optional<Instant> to) {

    public AuditFilter {
        fields = Map.copyOf(fields);
    }

    /** Everything that may be seen. */
    public static AuditFilter all(Reach reach) {
        return new AuditFilter(reach, Map.of(), Optional.empty(), Optional.empty());
    }
}
