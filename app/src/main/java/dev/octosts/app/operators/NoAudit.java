package dev.octosts.app.operators;

import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditFilter;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.AuditSearch;
import dev.octosts.operators.spi.PolicyUse;
import dev.octosts.operators.spi.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of a service that keeps none. */
final class NoAudit implements AuditSearch {

    NoAudit() {}

    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public List<AuditEntry> search(AuditFilter filter, Optional<AuditPlace> behind, int most) {
        return List.of();
    }

    @Override
    public Optional<Instant> oldest() {
        return Optional.empty();
    }

    @Override
    public Optional<AuditEntry> find(AuditPlace place, Reach reach) {
        return Optional.empty();
    }

    @Override
    public List<PolicyUse> policies(Reach reach, int days, boolean unused, String behind, int most) {
        return List.of();
    }
}
