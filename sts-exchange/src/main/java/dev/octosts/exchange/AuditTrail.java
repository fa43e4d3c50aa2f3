package dev.octosts.exchange;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.ExchangeEvent.Claim;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Document;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one exchange leaves behind for the audit event, step by step. */
final class AuditTrail {

    private final ExchangeRequest request;
    private final Instant time;
    private final long begin;
    private @Nullable Claims claims;
    private @Nullable Document policy;
    private List<String> repositories = List.of();
    private long installation;

    AuditTrail(ExchangeRequest request, Instant time) {
        this.request = request;
        this.time = time;
        this.begin = System.nanoTime();
    }

    void verified(Claims verified) {
        claims = verified;
    }

    void through(long installationId) {
        installation = installationId;
    }

    void judgedBy(Document document, List<String> covered) {
        policy = document;
        repositories = covered;
    }

    ExchangeEvent end(ExchangeResult result) {
        return new ExchangeEvent(
                actor(),
                policy == null ? null : keys(policy, repositories),
                installation,
                request.scope(),
                request.identity(),
                request.userAgent(),
                switch (result) {
                    case ExchangeResult.Granted(var token) -> sha256(token);
                    case ExchangeResult.Refused refused -> "";
                },
                problem(result),
                time,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private static @Nullable Problem problem(ExchangeResult result) {
        return switch (result) {
            case ExchangeResult.Granted granted -> null;
            case ExchangeResult.Refused(var problem) -> problem;
        };
    }

    private Actor actor() {
        Claims known = claims;
        if (known == null) {
            return Actor.UNKNOWN;
        }
        Document document = policy;
        List<Claim> named = document == null
                ? List.of()
                : document.claimPattern().keySet().stream()
                        .filter(known.all()::containsKey)
                        .map(name -> new Claim(name, text(known.all().get(name))))
                        .toList();
        return new Actor(known.issuer(), known.subject(), named);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case null, default -> "";
        };
    }

    private static Map<String, Object> keys(Document document, List<String> repositories) {
        var keys = new LinkedHashMap<String, Object>(document.texts());
        if (!document.claimPattern().isEmpty()) {
            keys.put("claim_pattern", document.claimPattern());
        }
        keys.put("permissions", document.permissions());
        if (!repositories.isEmpty()) {
            keys.put("repositories", repositories);
        }
        return keys;
    }

    private static String sha256(InstallationToken token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(token.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
