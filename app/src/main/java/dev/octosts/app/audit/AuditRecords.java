package dev.octosts.app.audit;

import dev.octosts.api.AuditNote;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.GrantedTokens;
import dev.octosts.api.PolicyEvent;
import dev.octosts.app.audit.AuditRecord.Kind;
import dev.octosts.app.audit.AuditRecord.Policy;
import dev.octosts.app.audit.AuditRecord.RecordedCaller;
import dev.octosts.app.audit.AuditRecord.RecordedTarget;
import dev.octosts.app.audit.AuditRecord.RecordedToken;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes records of what happens in the service. */
public final class AuditRecords {

    private AuditRecords() {}

    /** An exchange. */
    public static AuditRecord of(ExchangeEvent event) {
        ExchangeEvent.Evidence evidence = event.evidence();
        return new AuditRecord(
                AuditRecord.newId(),
                event.time(),
                Kind.EXCHANGE,
                RecordData.lower(event.outcome()),
                bounded(RecordedTarget.of(event.scope(), event.identity())),
                new RecordedCaller(
                        BoundedTexts.of(event.actor().issuer(), BoundedTexts.SHORT),
                        BoundedTexts.of(event.actor().subject(), BoundedTexts.LONG)),
                new Policy(
                        BoundedTexts.of(evidence.policy().path(), BoundedTexts.LONG),
                        evidence.policy().blob()),
                event.tokenSha256().isEmpty()
                        ? RecordedToken.NONE
                        : new RecordedToken(event.tokenSha256(), Optional.ofNullable(evidence.expiresAt())),
                event.installationId(),
                BoundedTexts.of(event.requestId(), BoundedTexts.SHORT),
                RecordData.of(event));
    }

    /** A push that changed a policy on a default branch. */
    static AuditRecord of(PolicyEvent event) {
        PolicyEvent.Push push = event.push();
        String repository = (push.owner() + "/" + push.repository()).toLowerCase(Locale.ROOT);
        return new AuditRecord(
                AuditRecord.newId(),
                event.time(),
                Kind.POLICY,
                event.change().map(change -> RecordData.lower(change.action())).orElse("unknown"),
                bounded(RecordedTarget.of(
                        event.change().map(PolicyEvent.PolicyChange::scope).orElse(repository),
                        event.change().map(PolicyEvent.PolicyChange::identity).orElse(""))),
                new RecordedCaller("", BoundedTexts.of(push.pusher().login(), BoundedTexts.SHORT)),
                event.change()
                        .map(change ->
                                new Policy(BoundedTexts.of(repository + "/" + change.path(), BoundedTexts.LONG), ""))
                        .orElse(Policy.NONE),
                RecordedToken.NONE,
                push.installation(),
                "",
                RecordData.of(event));
    }

    /** A token that its holder has revoked. */
    static AuditRecord revocation(String sha256, Optional<GrantedTokens.Facts> facts, Instant now) {
        return new AuditRecord(
                AuditRecord.newId(),
                now,
                Kind.REVOCATION,
                "",
                facts.map(known -> bounded(RecordedTarget.of(known.scope(), known.identity())))
                        .orElse(RecordedTarget.NONE),
                facts.map(known -> new RecordedCaller(
                                BoundedTexts.of(known.issuer(), BoundedTexts.SHORT),
                                BoundedTexts.of(known.subject(), BoundedTexts.LONG)))
                        .orElse(RecordedCaller.UNKNOWN),
                Policy.NONE,
                new RecordedToken(sha256, facts.map(GrantedTokens.Facts::expiresAt)),
                0,
                "",
                RecordData.NOTHING);
    }

    /** A token that an operator has taken back. */
    static AuditRecord takenBack(TokenSafe.Sealed token, Instant now) {
        return new AuditRecord(
                AuditRecord.newId(),
                now,
                Kind.REVOCATION,
                "taken-back",
                token.holder().target(),
                new RecordedCaller(token.holder().issuer(), token.holder().subject()),
                Policy.NONE,
                new RecordedToken(token.sha256(), Optional.of(token.expiresAt())),
                0,
                "",
                RecordData.NOTHING);
    }

    /** Records of exchanges without a token that could not be kept. */
    static AuditRecord loss(long records, String why, Instant now) {
        return plain(Kind.LOSS, "", RecordedTarget.NONE, RecordedCaller.UNKNOWN, now, RecordData.of(json -> {
            json.writeNumberField("records", records);
            json.writeStringField("why", why);
        }));
    }

    /** Records that were dropped, up to and with this link. */
    public static AuditRecord dropped(ChainLink through, Instant now) {
        return plain(
                Kind.RETENTION, "dropped", RecordedTarget.NONE, RecordedCaller.UNKNOWN, now, RecordData.of(json -> {
                    json.writeNumberField("through", through.seq());
                    json.writeStringField("hash", through.hash());
                    json.writeStringField("day", through.day().toString());
                }));
    }

    /**
     * Something that a person or a part of this service did, and that is no exchange.
     *
     * @param kind what it is about
     * @param action what was done, such as {@code deny-add}
     * @param target what it was done to
     * @param by who did it
     * @param details further facts, without secrets
     */
    public static AuditRecord action(
            Kind kind, String action, RecordedTarget target, String by, Map<String, String> details, Instant now) {
        return plain(
                kind,
                BoundedTexts.of(action, 16),
                bounded(target),
                new RecordedCaller("", BoundedTexts.of(by, BoundedTexts.SHORT)),
                now,
                RecordData.of(json -> {
                    for (var detail : new TreeMap<>(details).entrySet()) {
                        RecordData.text(json, detail.getKey(), detail.getValue());
                    }
                }));
    }

    /** A note of a part of this service. */
    static AuditRecord of(AuditNote note) {
        Kind kind = switch (note.about()) {
            case REVIEW -> Kind.REVIEW;
            case KEY -> Kind.KEY;
            case OPERATOR -> Kind.OPERATOR;
        };
        return action(kind, note.action(), RecordedTarget.of(note.scope(), ""), note.by(), note.details(), note.time());
    }

    private static AuditRecord plain(
            Kind kind, String outcome, RecordedTarget target, RecordedCaller caller, Instant now, String data) {
        return new AuditRecord(
                AuditRecord.newId(), now, kind, outcome, target, caller, Policy.NONE, RecordedToken.NONE, 0, "", data);
    }

    private static RecordedTarget bounded(RecordedTarget target) {
        return new RecordedTarget(
                BoundedTexts.of(target.owner(), BoundedTexts.SHORT),
                BoundedTexts.of(target.repository(), BoundedTexts.SHORT),
                BoundedTexts.of(target.identity(), BoundedTexts.SHORT));
    }
}
