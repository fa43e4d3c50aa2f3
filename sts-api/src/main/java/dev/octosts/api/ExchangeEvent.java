package dev.octosts.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of one exchange, or of one request to explain an exchange. Fired as a CDI event and written as the audit
 * log line.
 *
 * @param operation what was asked for
 * @param actor who asked, as far as a verified token proves it; {@link Actor#UNKNOWN} otherwise
 * @param trustPolicy the keys of the policy as they were evaluated, or null when no policy was reached
 * @param installationId the installation that minted, or 0
 * @param scope the scope that was asked for
 * @param identity the identity that was asked for
 * @param subset the part of the policy's grant that was asked for
 * @param userAgent the caller's program; empty when it did not say
 * @param requestId the id that the caller got with the answer; empty when the request had none
 * @param tokenSha256 SHA-256 of the token in lower-case hexadecimal; empty when none was handed out
 * @param problem why the exchange was refused or would be, or null when it was not
 * @param issuerAllowlist what the organization's list of trusted issuers means, or null when it lists the issuer or
 *     does not apply
 * @param guardrails the rules that the grant does not keep; empty when it keeps all, or when none apply
 * @param time when it began
 * @param took how long it took
 * @param evidence what the audit store keeps beyond the audit line; {@link Evidence#NONE} when no store wants it
 */
public record ExchangeEvent(
        Operation operation,
        Actor actor,
        @Nullable Map<String, Object> trustPolicy,
        long installationId,
        String scope,
        String identity,
        RequestedGrant subset,
        String userAgent,
        String requestId,
        String tokenSha256,
        @Nullable Problem problem,
        @Nullable IssuerAllowlist issuerAllowlist,
        List<GuardrailViolation> guardrails,
        Instant time,
        Duration took,
        Evidence evidence) {

    public ExchangeEvent {
        guardrails = List.copyOf(guardrails);
    }

    /** How it ended. */
    public Outcome outcome() {
        if (problem == null) {
            return Outcome.GRANTED;
        }
        return switch (problem.code()) {
            case INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED, FAILED_PRECONDITION, UNAUTHENTICATED, UNIMPLEMENTED ->
                Outcome.REFUSED;
            case DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, INTERNAL, UNAVAILABLE -> Outcome.FAILED;
        };
    }

    /** How an exchange ends. */
    public enum Outcome {
        /** The caller gets what it asked for, or would get it. */
        GRANTED,
        /** A rule, a policy or the form of the request is against it. */
        REFUSED,
        /** It could not be decided or done: GitHub, an issuer or this service failed, or a limit was reached. */
        FAILED
    }

    /** The operation that a caller asks for. */
    public enum Operation {
        /** A token. */
        EXCHANGE,
        /** An explanation: why there would be a token, or none. */
        EXPLANATION
    }

    /**
     * The workload that asked.
     *
     * @param issuer the verified issuer
     * @param subject the verified subject
     * @param claims the claims that the policy names, and no others
     */
    public record Actor(String issuer, String subject, List<Claim> claims) {

        /** No actor: the token was not verified. */
        public static final Actor UNKNOWN = new Actor("", "", List.of());

        public Actor {
            claims = List.copyOf(claims);
        }
    }

    /**
     * A claim that the policy compared.
     *
     * @param name its name
     * @param value its value as the policy compares it
     */
    public record Claim(String name, String value) {}

    /**
     * An issuer that is not on the organization's list.
     *
     * @param mode {@code enforce} or {@code audit}
     * @param allowed whether the exchange went on all the same
     * @param issuer the verified issuer
     */
    public record IssuerAllowlist(String mode, boolean allowed, String issuer) {}

    /**
     * A guard rail that a grant does not keep.
     *
     * @param source whose it is: {@code organization}, or {@code service} for those that the operator set
     * @param mode {@code enforce} or {@code audit}
     * @param allowed whether the exchange went on all the same
     * @param rule its key in the file
     * @param detail what goes beyond it
     */
    public record GuardrailViolation(String source, String mode, boolean allowed, String rule, String detail) {}

    /**
     * What a store of exchanges keeps, so that a grant can be explained long after it was made.
     *
     * @param policy where the policy is; empty when no policy was reached
     * @param decision every rule of the policy in its order; empty when the policy did not decide
     * @param permissions what the minted token could do: levels by permission; empty when none was minted
     * @param repositories where; empty means in every repository of the installation
     * @param minted the SHA-256 of the token that was minted, also when it was revoked and not handed out; empty when
     *     none was minted
     * @param expiresAt when GitHub stops accepting that token; null when none was minted
     * @param run the workflow run that the verified token names; empty when it names none
     */
    public record Evidence(
            PolicyVersion policy,
            List<RuleResult> decision,
            Map<String, String> permissions,
            List<String> repositories,
            String minted,
            @Nullable Instant expiresAt,
            String run) {

        /** Nothing was asked for, or there is nothing. */
        public static final Evidence NONE =
                new Evidence(PolicyVersion.NONE, List.of(), Map.of(), List.of(), "", null, "");

        public Evidence {
            decision = List.copyOf(decision);
            permissions = Map.copyOf(permissions);
            repositories = List.copyOf(repositories);
        }
    }

    /**
     * A version of a policy.
     *
     * @param path owner, repository and path, with slashes between
     * @param blob git's id of the content
     */
    public record PolicyVersion(String path, String blob) {

        /** No policy was reached. */
        public static final PolicyVersion NONE = new PolicyVersion("", "");
    }

    /**
     * A rule of a policy, applied to the token.
     *
     * @param rule its key in the file
     * @param outcome {@code satisfied}, or why it was not
     */
    public record RuleResult(String rule, String outcome) {}
}
