package dev.octosts.app.operators;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditRecords;
import dev.octosts.app.audit.TokenRecall;
import dev.octosts.app.audit.TokenSafe;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.spi.RecallDesk;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Takes back the tokens that are kept sealed in the database. */
final class StoredRecall implements RecallDesk {

    /** A browser and its proxies wait for so long. */
    private static final Duration TIME = Duration.ofSeconds(20);

    private final TokenSafe safe;
    private final TokenRecall recall;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);

    StoredRecall(TokenSafe safe, TokenRecall recall, Clock clock) {
        this.safe = safe;
        this.recall = recall;
        this.clock = clock;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public long held(Holder holder) throws StoreException {
        return safe.held(kept(holder)).size();
    }

    @Override
    public Recalled recall(Holder holder, String by, String why) throws StoreException {
        if (!turn.tryAcquire()) {
            throw new StoreException("tokens are taken back just now", null);
        }
        try {
            // What was begun is on record, also when this process does not come to its end.
            note("token-revoke", holder, by, why, Map.of());
            TokenRecall.RecalledPart part = recall.some(kept(holder), MOST, TIME);
            var details = new LinkedHashMap<>(part.count().details());
            details.put("left", Long.toString(part.left()));
            note("token-revoked", holder, by, why, details);
            return new Recalled(
                    part.count().revoked(),
                    part.count().invalid(),
                    part.count().failed(),
                    part.count().unreadable(),
                    part.left());
        } finally {
            turn.release();
        }
    }

    private static TokenSafe.TokenHolder kept(Holder holder) {
        return new TokenSafe.TokenHolder(target(holder), holder.issuer(), holder.subject());
    }

    private static AuditRecord.RecordedTarget target(Holder holder) {
        return new AuditRecord.RecordedTarget(holder.owner(), holder.repository(), holder.identity());
    }

    private void note(String action, Holder holder, String by, String why, Map<String, String> more)
            throws StoreException {
        var details = new LinkedHashMap<>(more);
        details.put("reason", why);
        details.put("issuer", holder.issuer());
        details.put("subject", holder.subject());
        details.values().removeIf(String::isEmpty);
        safe.note(AuditRecords.action(AuditRecord.Kind.OPERATOR, action, target(holder), by, details, clock.instant()));
    }

    /** A service that keeps no tokens. */
    static final class NoRecall implements RecallDesk {

        NoRecall() {}

        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public long held(Holder holder) {
            return 0;
        }

        @Override
        public Recalled recall(Holder holder, String by, String why) throws StoreException {
            throw new StoreException("no tokens are kept", null);
        }
    }
}
