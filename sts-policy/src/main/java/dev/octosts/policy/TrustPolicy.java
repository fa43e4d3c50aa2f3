package dev.octosts.policy;

import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.repository.PolicyKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A compiled trust policy: it decides which callers get which permissions. Immutable, and safe for use by many threads
 * at once.
 *
 * <p>{@link #read} is the only way to get one.
 */
public final class TrustPolicy {
    /** Two fifths of {@link EvaluationBudget#MAX_STEPS}. */
    private static final long COSTLY_STEPS = 2 * EvaluationBudget.MAX_STEPS / 5;

    private final PolicyDocument document;
    private final Rules rules;
    private final AppSelector apps;
    private final int weight;
    private final Map<String, Object> keys;
    private final List<String> namedClaims;

    TrustPolicy(PolicyDocument document, Rules rules, AppSelector apps, int weight) {
        this.document = document;
        this.rules = rules;
        this.apps = apps;
        this.weight = weight;
        // Made once: every exchange writes them into its audit line.
        this.keys = Collections.unmodifiableMap(document.keys());
        this.namedClaims = Stream.concat(document.claimPattern().keySet().stream(), document.claim().keySet().stream())
                .distinct()
                .toList();
    }

    /**
     * Reads a policy file.
     *
     * @param file its bytes, at most 1 MiB
     * @param kind where it lives
     */
    public static Reading read(byte[] file, PolicyKind kind) {
        return PolicyCompiler.read(file, kind);
    }

    /**
     * Whether the token satisfies the policy.
     *
     * @param claims of a verified token, whose formats were checked ({@link Formats})
     * @param defaultAudience the audience that the token must have when the policy names none: the service's domain
     */
    public Decision evaluate(Claims claims, String defaultAudience) {
        return rules.evaluate(claims, defaultAudience);
    }

    /**
     * Whether the evaluation of these claims may need more than about 2 ms of processor time. Such an evaluation must
     * run in the queue for costly work. This method itself takes less than a microsecond for an ordinary policy.
     */
    public boolean isCostlyFor(Claims claims) {
        return rules.steps(claims) > COSTLY_STEPS;
    }

    /** The contents of the file. */
    public PolicyDocument document() {
        return document;
    }

    /** The same as {@link PolicyDocument#keys} of the document. */
    public Map<String, Object> keys() {
        return keys;
    }

    /** The names of all claims that the policy has rules for, in file order. */
    public List<String> namedClaims() {
        return namedClaims;
    }

    /** The grant of the policy. A caller gets the grant of the decision, {@link Permit#grant()}. */
    public Grant grant() {
        return rules.grant();
    }

    /** The claims whose value matters. Claims that a policy names only to accept every value are not among them. */
    public Set<String> decisiveClaims() {
        return rules.decisiveClaims();
    }

    /** The Apps that may serve this policy. */
    public AppSelector apps() {
        return apps;
    }

    /** Roughly the bytes of memory that the policy holds, for a cache's bound. */
    public int weight() {
        return weight;
    }

    /** The result of reading a file: a policy, or every fault that was found in it. */
    public sealed interface Reading {
        /**
         * The file is a policy.
         *
         * @param policy compiled
         */
        record Valid(TrustPolicy policy) implements Reading {}

        /**
         * The file is not a policy in form ("unable to parse").
         *
         * @param faults in file order, never empty; faults in meaning that are visible all the same included
         */
        record Unparsable(List<Fault> faults) implements Reading {
            public Unparsable {
                faults = List.copyOf(faults);
            }
        }

        /**
         * The file has a policy's form but means nothing ("unable to compile").
         *
         * @param faults in file order, never empty
         */
        record Invalid(List<Fault> faults) implements Reading {
            public Invalid {
                faults = List.copyOf(faults);
            }
        }
    }
}
