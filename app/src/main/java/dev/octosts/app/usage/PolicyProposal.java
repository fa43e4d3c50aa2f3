package dev.octosts.app.usage;

import dev.octosts.app.cli.policy.report.UnifiedDiff;
import dev.octosts.app.usage.UsageReport.PolicyReport;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The narrower policy, as a change of the very version that granted the last token.
 *
 * @param diff empty text when there is none
 * @param note why there is none; empty when there is one
 */
public record PolicyProposal(String diff, String note) {

    /** Nothing to change. */
    public static final PolicyProposal NONE = new PolicyProposal("", "");

    /** No diff, and why. */
    public static PolicyProposal without(String note) {
        return new PolicyProposal("", note);
    }

    /**
     * What to say of a policy before its file is looked for.
     *
     * @return empty when the file is needed
     */
    public static Optional<PolicyProposal> atOnce(PolicyReport policy) {
        if (!policy.isTooWide()) {
            return Optional.of(NONE);
        }
        return policy.enough().isEmpty()
                ? Optional.of(without("nothing that it granted was used; delete the policy"))
                : Optional.empty();
    }

    /** The change of a file, which is the version of the report. */
    public static PolicyProposal of(PolicyReport policy, byte[] file) {
        return NarrowerPolicy.of(file, policy.unused(), policy.enough())
                .map(narrower -> new PolicyProposal(
                        UnifiedDiff.of(
                                inRepository(policy.path()),
                                new String(file, StandardCharsets.UTF_8),
                                new String(narrower, StandardCharsets.UTF_8)),
                        ""))
                .orElseGet(() -> without("the file has no line of its own for each permission; edit it by hand"));
    }

    private static String inRepository(String path) {
        String[] parts = path.split("/", 3);
        return parts[parts.length - 1];
    }
}
