package dev.octosts.exchange;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.ExchangeEvent.Claim;
import dev.octosts.api.ExchangeEvent.Evidence;
import dev.octosts.api.ExchangeEvent.GuardrailViolation;
import dev.octosts.api.ExchangeEvent.IssuerAllowlist;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeEvent.PolicyVersion;
import dev.octosts.api.ExchangeEvent.RuleResult;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.Problem;
import dev.octosts.api.Sha256;
import dev.octosts.exchange.installation.InstallationTokens.Minted;
import dev.octosts.exchange.source.PolicyFile;
import dev.octosts.github.Route;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Decision;
import dev.octosts.policy.guardrail.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts about one exchange, or about the explanation of one, as far as it has come. The audit event is made of them
 * at the end, also when a step refuses the request or fails.
 */
final class AuditTrail {

    private final Operation operation;
    private final ExchangeRequest request;
    private final Instant time;
    private final long begin;
    private final boolean detailed;
    private @Nullable Claims claims;
    private @Nullable Route route;
    private @Nullable Mode unlisted;
    private @Nullable Admission admission;
    private List<GuardrailResult.Ruling> rulings = List.of();
    private String tokenSha256 = "";
    private @Nullable Problem problem;
    private @Nullable Decision decision;
    private @Nullable NarrowedGrant grant;
    private @Nullable Instant expiresAt;
    private @Nullable ExchangeEvent kept;

    /** @param detailed whether a store wants to know more than the audit line says */
    AuditTrail(Operation operation, ExchangeRequest request, Instant time, boolean detailed) {
        this.operation = operation;
        this.request = request;
        this.time = time;
        this.begin = System.nanoTime();
        this.detailed = detailed;
    }

    void verified(Claims verified) {
        claims = verified;
    }

    /** The installation that is used from here on. */
    void through(Route used) {
        route = used;
    }

    void checked(Governance.IssuerResult result) {
        unlisted = result.unlisted().orElse(null);
    }

    void admitted(Admission admitted) {
        admission = admitted;
    }

    void checked(GuardrailResult result) {
        rulings = result.rulings();
    }

    void decided(Decision made) {
        decision = made;
    }

    void granted(Minted minted, NarrowedGrant granted) {
        route = minted.route();
        tokenSha256 = Sha256.hex(minted.token().value());
        grant = granted;
        expiresAt = minted.token().expiresAt();
    }

    /** A store has this event. */
    void kept(ExchangeEvent event) {
        kept = event;
    }

    /** Whether a store has the event of {@link #end}. */
    boolean isKept() {
        return kept != null;
    }

    /** Of the token that was minted; empty when none was. */
    String tokenSha256() {
        return tokenSha256;
    }

    void refused(Problem reason) {
        problem = reason;
        kept = null;
    }

    ExchangeEvent end() {
        return kept != null ? kept : made();
    }

    private ExchangeEvent made() {
        return new ExchangeEvent(
                operation,
                actor(),
                admission == null ? null : keys(admission),
                route == null ? 0 : route.installation().id(),
                request.scope(),
                request.identity(),
                request.subset(),
                request.userAgent(),
                request.requestId(),
                problem != null ? "" : tokenSha256,
                problem,
                issuerAllowlist(),
                violations(),
                time,
                Duration.ofNanos(System.nanoTime() - begin),
                detailed ? evidence() : Evidence.NONE);
    }

    private Evidence evidence() {
        Admission known = admission;
        if (known == null) {
            return Evidence.NONE;
        }
        PolicyFile file = known.target().policy();
        return new Evidence(
                new PolicyVersion(file.owner() + "/" + file.repository() + "/" + file.path(), known.blob()),
                decision == null ? List.of() : results(known, decision),
                grant == null ? Map.of() : grant.wireLevels(),
                grant == null ? List.of() : grant.repositories(),
                tokenSha256,
                expiresAt,
                text(known.claims().all().get("run_id")));
    }

    private static List<RuleResult> results(Admission admission, Decision decision) {
        return decision.checks().stream()
                .map(check -> new RuleResult(
                        admission.policy().document().key(check.rule()),
                        check.outcome().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private @Nullable IssuerAllowlist issuerAllowlist() {
        Claims known = claims;
        return unlisted == null || known == null
                ? null
                : new IssuerAllowlist(unlisted.wireName(), unlisted == Mode.AUDIT, known.issuer());
    }

    private List<GuardrailViolation> violations() {
        return rulings.isEmpty()
                ? List.of()
                : rulings.stream()
                        .flatMap(ruling -> ruling.verdict().violations().stream()
                                .map(check -> new GuardrailViolation(
                                        ruling.source(),
                                        ruling.verdict().mode().wireName(),
                                        ruling.verdict().permits(),
                                        check.rule().key(),
                                        check.detail())))
                        .toList();
    }

    private Actor actor() {
        Claims known = claims;
        if (known == null) {
            return Actor.UNKNOWN;
        }
        List<Claim> named =
                admission == null ? List.of() : named(admission.policy().namedClaims(), known);
        return new Actor(known.issuer(), known.subject(), named);
    }

    private static List<Claim> named(List<String> names, Claims claims) {
        var named = new ArrayList<Claim>(names.size());
        for (String name : names) {
            if (claims.all().containsKey(name)) {
                named.add(new Claim(name, text(claims.all().get(name))));
            }
        }
        return named;
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Number number -> number.toString();
            case null, default -> "";
        };
    }

    private static Map<String, Object> keys(Admission admission) {
        Map<String, Object> keys = admission.policy().keys();
        List<String> repositories = admission.repositories();
        if (repositories.isEmpty()) {
            return keys;
        }
        var all = new LinkedHashMap<>(keys);
        all.put("repositories", repositories);
        return all;
    }
}
