package dev.octosts.exchange;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.ExchangeEvent.Claim;
import dev.octosts.api.ExchangeEvent.GuardrailViolation;
import dev.octosts.api.ExchangeEvent.IssuerAllowlist;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.Sha256;
import dev.octosts.policy.Claims;
import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.guardrail.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects the data for the audit event of one exchange, or of the explanation of one, step by step. */
final class AuditTrail {

    private final Operation operation;
    private final ExchangeRequest request;
    private final Instant time;
    private final long begin;
    private @Nullable Claims claims;
    private @Nullable PolicyDocument policy;
    private List<String> repositories = List.of();
    private long installation;
    private String tokenSha256 = "";
    private @Nullable Problem problem;
    private @Nullable Mode unlisted;
    private List<GuardrailViolation> violations = List.of();

    AuditTrail(Operation operation, ExchangeRequest request, Instant time) {
        this.operation = operation;
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

    /** The organization does not list the issuer; the mode of its list decides what that means. */
    void issuerNotListed(Mode mode) {
        unlisted = mode;
    }

    void judged(GuardrailResult judgement) {
        violations = judgement.rulings().stream()
                .flatMap(ruling -> ruling.verdict().violations().stream()
                        .map(check -> new GuardrailViolation(
                                ruling.source(),
                                ruling.verdict().mode().wireName(),
                                ruling.verdict().permits(),
                                check.rule().key(),
                                check.detail())))
                .toList();
    }

    void judgedBy(PolicyDocument document, List<String> covered) {
        policy = document;
        repositories = covered;
    }

    void granted(InstallationToken token) {
        tokenSha256 = Sha256.hex(token.value());
    }

    void refused(Problem reason) {
        problem = reason;
        tokenSha256 = "";
    }

    ExchangeEvent end() {
        return new ExchangeEvent(
                operation,
                actor(),
                policy == null ? null : keys(policy, repositories),
                installation,
                request.scope(),
                request.identity(),
                request.subset(),
                request.userAgent(),
                request.requestId(),
                tokenSha256,
                problem,
                issuerAllowlist(),
                violations,
                time,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private @Nullable IssuerAllowlist issuerAllowlist() {
        Claims known = claims;
        return unlisted == null || known == null
                ? null
                : new IssuerAllowlist(unlisted.wireName(), unlisted == Mode.AUDIT, known.issuer());
    }

    private Actor actor() {
        Claims known = claims;
        if (known == null) {
            return Actor.UNKNOWN;
        }
        PolicyDocument document = policy;
        List<Claim> named = document == null
                ? List.of()
                : Stream.concat(document.claimPattern().keySet().stream(), document.claim().keySet().stream())
                        .distinct()
                        .filter(known.all()::containsKey)
                        .map(name -> new Claim(name, text(known.all().get(name))))
                        .toList();
        return new Actor(known.issuer(), known.subject(), named);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Number number -> number.toString();
            case null, default -> "";
        };
    }

    private static Map<String, Object> keys(PolicyDocument document, List<String> repositories) {
        Map<String, Object> keys = document.keys();
        if (!repositories.isEmpty()) {
            keys.put("repositories", repositories);
        }
        return keys;
    }
}
