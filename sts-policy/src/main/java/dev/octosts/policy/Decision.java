package dev.octosts.policy;

import java.util.List;

/** The result of checking a token against a policy, rule by rule. Only {@link TrustPolicy#evaluate} makes one. */
public sealed interface Decision {
    /** Every rule of the policy, in the order issuer, subject, audience, then the claims as in the file. */
    List<RuleCheck> checks();

    /**
     * Whether the rules about issuer and subject are satisfied, whatever the other rules say. Such a caller is one that
     * the policy was written for, so it may know why another rule refuses it.
     */
    default boolean recognizesCaller() {
        return checks().get(0).satisfied() && checks().get(1).satisfied();
    }

    /** The decision that a token satisfies every rule. Having one proves that the policy was evaluated. */
    final class Permit implements Decision {
        private final List<RuleCheck> checks;
        private final Grant grant;

        Permit(List<RuleCheck> checks, Grant grant) {
            this.checks = checks;
            this.grant = grant;
        }

        @Override
        public List<RuleCheck> checks() {
            return checks;
        }

        /** The grant of the policy. */
        public Grant grant() {
            return grant;
        }

        @Override
        public String toString() {
            return "Permit[" + grant + "]";
        }
    }

    /** The decision that a token fails at least one rule. */
    final class Deny implements Decision {
        private final List<RuleCheck> checks;
        private final RuleCheck decisive;

        Deny(List<RuleCheck> checks, RuleCheck decisive) {
            this.checks = checks;
            this.decisive = decisive;
        }

        @Override
        public List<RuleCheck> checks() {
            return checks;
        }

        /** The first rule that failed. */
        public RuleCheck decisive() {
            return decisive;
        }

        /** The message for the caller: {@code trust policy: } and the first rule that failed. */
        public String message() {
            return "trust policy: " + DenialMessage.of(decisive);
        }

        @Override
        public String toString() {
            return "Deny[" + message() + "]";
        }
    }
}
