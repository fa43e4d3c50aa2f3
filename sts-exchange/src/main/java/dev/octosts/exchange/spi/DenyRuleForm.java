package dev.octosts.exchange.spi;

import dev.octosts.policy.Claims;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What an operator writes to make a rule. A part that is empty is not given.
 *
 * @param owner an account
 * @param repository the name of a repository of that account
 * @param identity the name of a policy
 * @param issuer an issuer as tokens name it
 * @param subject a subject, or its beginning with a star behind
 * @param claim {@code NAME=VALUE}
 * @param reason why
 */
public record DenyRuleForm(
        String owner, String repository, String identity, String issuer, String subject, String claim, String reason) {

    /** As long as a reason may be. */
    public static final int LONGEST_REASON = 1_000;

    /** As long as a rule may last. */
    public static final Duration LONGEST = Duration.ofDays(3_650);

    /** As long as an issuer or the name of a claim may be. */
    public static final int LONGEST_NAME = 255;

    /** As long as the name of a policy may be. */
    public static final int LONGEST_IDENTITY = 512;

    /** As long as a subject or the value of a claim may be. */
    public static final int LONGEST_VALUE = 1_024;

    private static final String ANYTHING = "*";
    private static final String NO_PATTERN =
            "has a *, which stands for any text only at the end of a subject or of a claim's value";
    private static final String STAR_TOO_EARLY = "has a * before its end, where it has no meaning";

    /** A part of the form. */
    public enum FormPart {
        OWNER,
        REPOSITORY,
        IDENTITY,
        ISSUER,
        SUBJECT,
        CLAIM,
        REASON,
        /** All of them together. */
        WHOLE
    }

    /**
     * What is wrong.
     *
     * @param part where
     * @param problem goes on after the name of the part
     */
    public record FormFault(FormPart part, String problem) {}

    /** The first fault; empty when a rule can be made. */
    public Optional<FormFault> fault() {
        if (!owner.isEmpty() && !GitHubNames.isOwner(owner)) {
            return fault(FormPart.OWNER, "is not the name of an account");
        }
        if (!repository.isEmpty() && !GitHubNames.isRepository(repository)) {
            return fault(FormPart.REPOSITORY, "is not the name of a repository, without its owner");
        }
        if (!isPlain(identity, LONGEST_IDENTITY)) {
            return fault(FormPart.IDENTITY, "is not the name of a policy");
        }
        if (!isPlain(issuer, LONGEST_NAME)) {
            return fault(FormPart.ISSUER, "is not an issuer as tokens name it");
        }
        if (!isPlain(subject, LONGEST_VALUE)) {
            return fault(FormPart.SUBJECT, "is not a subject, at most 1024 characters");
        }
        if (!claim.isEmpty() && !isClaim(claim)) {
            return fault(FormPart.CLAIM, "is not NAME=VALUE");
        }
        if (!repository.isEmpty() && owner.isEmpty()) {
            return fault(FormPart.REPOSITORY, "needs the owner");
        }
        Optional<FormFault> star = misplacedStar();
        if (star.isPresent()) {
            return star;
        }
        if (reason.isBlank()) {
            return fault(FormPart.REASON, "is empty; a reason is needed");
        }
        if (!isReason(reason)) {
            return fault(FormPart.REASON, "is one line of text, at most " + LONGEST_REASON + " characters");
        }
        return choosesEverybody() ? fault(FormPart.WHOLE, "the rule would stop everybody") : Optional.empty();
    }

    private Optional<FormFault> misplacedStar() {
        if (identity.contains(ANYTHING)) {
            return fault(FormPart.IDENTITY, NO_PATTERN);
        }
        if (issuer.contains(ANYTHING)) {
            return fault(FormPart.ISSUER, NO_PATTERN);
        }
        if (hasStarTooEarly(subject)) {
            return fault(FormPart.SUBJECT, STAR_TOO_EARLY);
        }
        return hasStarTooEarly(claim) ? fault(FormPart.CLAIM, STAR_TOO_EARLY) : Optional.empty();
    }

    private static boolean hasStarTooEarly(String text) {
        int first = text.indexOf(ANYTHING);
        return first >= 0 && first < text.length() - 1;
    }

    /** Without any part, or with nothing but a star: any subject, or any value of a claim that all tokens may have. */
    private boolean choosesEverybody() {
        return owner.isEmpty()
                && identity.isEmpty()
                && issuer.isEmpty()
                && (subject.isEmpty() || subject.equals(ANYTHING))
                && (claim.isEmpty() || claim.endsWith("=" + ANYTHING));
    }

    /**
     * The rule, with an id of its own.
     *
     * @param end when it ends by itself
     * @throws IllegalStateException when there is a fault
     */
    public DenyRule rule(Optional<Instant> end) {
        fault().ifPresent(fault -> {
            throw new IllegalStateException(fault.toString());
        });
        int equals = claim.indexOf('=');
        return new DenyRule(
                UUID.randomUUID().toString().substring(0, 8),
                new DenyRule.DeniedTarget(owner, repository, identity),
                new DenyRule.DeniedCaller(
                        Claims.canonicalIssuer(issuer),
                        subject,
                        equals < 0 ? "" : claim.substring(0, equals),
                        equals < 0 ? "" : claim.substring(equals + 1)),
                reason.strip(),
                end);
    }

    /** Whether a text can be the reason of a rule, or of its removal. */
    public static boolean isReason(String text) {
        return !text.isBlank() && isPlain(text, LONGEST_REASON);
    }

    private static Optional<FormFault> fault(FormPart part, String problem) {
        return Optional.of(new FormFault(part, problem));
    }

    private static boolean isPlain(String text, int longest) {
        return text.length() <= longest && text.equals(SafeText.line(text));
    }

    private static boolean isClaim(String text) {
        int equals = text.indexOf('=');
        return equals > 0
                && isPlain(text.substring(0, equals), LONGEST_NAME)
                && equals < text.length() - 1
                && isPlain(text.substring(equals + 1), LONGEST_VALUE);
    }
}
