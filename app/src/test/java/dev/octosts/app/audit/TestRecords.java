package dev.octosts.app.audit;

import java.time.Instant;
import java.util.Optional;

/** Records as tests need them. Other packages use them, too. */
public final class TestRecords {

    public static final Instant TIME = Instant.parse("2026-11-30T02:00:00.123456Z");

    private TestRecords() {}

    /** A record with something in every part. */
    public static AuditRecord record(String id) {
        return record(id, TIME);
    }

    public static AuditRecord record(String id, Instant at) {
        return record(id, at, "b".repeat(64));
    }

    public static AuditRecord record(String id, Instant at, String tokenSha256) {
        return new AuditRecord(
                id,
                at,
                AuditRecord.Kind.EXCHANGE,
                "granted",
                new AuditRecord.RecordedTarget("octo-org", "octo-repo", "ci"),
                new AuditRecord.RecordedCaller("https://issuer.example", "repo:octo-org/octo-repo:ref:refs/heads/mäin"),
                new AuditRecord.Policy("octo-org/octo-repo/.github/chainguard/ci.sts.yaml", "a".repeat(40)),
                new AuditRecord.RecordedToken(tokenSha256, Optional.of(at.plusSeconds(3_600))),
                7,
                "request-" + id,
                "{\"permissions\":{\"contents\":\"read\"}}");
    }

    /** A record with as little in it as possible. */
    public static AuditRecord small(String id) {
        return new AuditRecord(
                id,
                TIME,
                AuditRecord.Kind.OPERATOR,
                "",
                AuditRecord.RecordedTarget.NONE,
                AuditRecord.RecordedCaller.UNKNOWN,
                AuditRecord.Policy.NONE,
                AuditRecord.RecordedToken.NONE,
                0,
                "",
                "{}");
    }
}
