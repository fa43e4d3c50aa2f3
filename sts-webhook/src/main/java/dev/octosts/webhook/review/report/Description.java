package dev.octosts.webhook.review.report;

import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.guardrail.Mode;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.webhook.review.report.Difference.Direction;
import dev.octosts.webhook.review.report.Difference.Item;
import dev.octosts.webhook.review.report.FileReview.Meaning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes in Markdown the meaning of a change of one file: who may do what, where, and what is new about it. */
public final class Description {

    private static final String WIDER = "⚠️ ";

    private Description() {}

    /**
     * Describes a file that can be used.
     *
     * @param review the file
     * @param now what it says
     * @param before what it said; empty when it is new or that is not known
     * @param notes further lines about it, in Markdown
     */
    public static String of(FileReview review, Meaning now, Optional<Meaning> before, List<String> notes) {
        var lines = new ArrayList<String>();
        switch (now) {
            case Meaning.Policy(var policy) -> policy(review, policy, before, lines);
            case Meaning.Issuers(var trusted) -> issuers(review, trusted, before, lines);
            case Meaning.Limits(var _) -> {
                lines.add(
                        "#### " + Markdown.code(review.path()) + (review.file().isNew() ? " is new" : " is changed"));
                lines.add("");
                lines.add("It limits what the policies of repositories may grant.");
            }
        }
        notes.forEach(note -> lines.add("- " + note));
        return String.join("\n", lines) + "\n";
    }

    /** Describes a file that is removed. */
    public static String removed(String path, FileKind kind, Optional<Meaning> before) {
        var lines = new ArrayList<String>();
        lines.add("#### " + (kind instanceof PolicyKind ? "" : WIDER) + Markdown.code(path) + " is removed");
        lines.add("");
        if (kind == GovernanceKind.TRUSTED_ISSUERS) {
            lines.add("- " + WIDER + "**wider**: every issuer that a policy names is trusted then");
        } else if (kind == GovernanceKind.GUARDRAILS) {
            lines.add("- " + WIDER + "**wider**: what policies of repositories grant has no limit then");
        } else if (before.isPresent() && before.get() instanceof Meaning.Policy(var policy)) {
            lines.add("No longer: " + sentence(policy, kind));
        }
        return String.join("\n", lines).strip() + "\n";
    }

    private static void policy(FileReview review, TrustPolicy policy, Optional<Meaning> before, List<String> lines) {
        List<Item> items = before.isPresent() && before.get() instanceof Meaning.Policy(var former)
                ? Difference.between(former, policy)
                : List.of();
        boolean wider = items.stream().anyMatch(item -> item.direction() == Direction.WIDER);
        lines.add("#### " + (wider ? WIDER : "") + Markdown.code(review.path()) + " " + word(review, before, items));
        lines.add("");
        lines.add(sentence(policy, review.kind()));
        if (!items.isEmpty()) {
            lines.add("");
        }
        items.forEach(item -> lines.add(
                switch (item.direction()) {
                    case WIDER -> "- " + WIDER + "**wider**: " + item.text();
                    case OTHER -> "- other: " + item.text();
                    case NARROWER -> "- narrower: " + item.text();
                }));
    }

    private static String word(FileReview review, Optional<Meaning> before, List<Item> items) {
        if (review.file().isNew()) {
            return "is new";
        }
        if (before.isEmpty()) {
            return "as it stands";
        }
        return items.isEmpty() ? "is changed, and means the same" : "is changed";
    }

    /** A sentence that says who may do what, and where. */
    private static String sentence(TrustPolicy policy, FileKind kind) {
        PolicyDocument document = policy.document();
        var who = new StringBuilder("Tokens of ");
        who.append(value("issuer", document.issuer(), document.issuerPattern()));
        who.append(" with ")
                .append(
                        document.subjects().isEmpty()
                                ? value("subject", document.subject(), document.subjectPattern())
                                : "one of the subjects " + codes(document.subjects()));
        document.claimPattern()
                .forEach((name, pattern) -> who.append(", a claim ")
                        .append(Markdown.code(name))
                        .append(" that matches ")
                        .append(Markdown.code(pattern)));
        document.claim()
                .forEach((name, accepted) -> who.append(", a claim ")
                        .append(Markdown.code(name))
                        .append(accepted.size() == 1 ? " that is " : " that is one of ")
                        .append(codes(accepted)));
        if (document.audience() != null || document.audiencePattern() != null) {
            who.append(", meant for ").append(value("audience", document.audience(), document.audiencePattern()));
        }
        return who + " **may** " + Difference.permissions(policy.grant().permissions()) + " **in** "
                + where(policy, kind) + ".";
    }

    private static String codes(List<String> texts) {
        return texts.stream().map(Markdown::code).collect(Collectors.joining(", "));
    }

    private static String value(String what, @Nullable String exact, @Nullable String pattern) {
        return exact != null
                ? "the " + what + " " + Markdown.code(exact)
                : "any " + what + " that matches " + Markdown.code(pattern == null ? "" : pattern);
    }

    private static String where(TrustPolicy policy, FileKind kind) {
        if (kind == PolicyKind.REPOSITORY) {
            return "this repository";
        }
        return policy.grant().repositories().isEmpty()
                ? "every repository of the installation"
                : Difference.names(new LinkedHashSet<>(policy.grant().repositories()));
    }

    private static void issuers(
            FileReview review, TrustedIssuers trusted, Optional<Meaning> before, List<String> lines) {
        boolean eased = before.isPresent()
                && before.get() instanceof Meaning.Issuers(var former)
                && former.mode() == Mode.ENFORCE
                && trusted.mode() == Mode.AUDIT;
        lines.add("#### " + (eased ? WIDER : "") + Markdown.code(review.path())
                + (review.file().isNew() ? " is new" : " is changed"));
        lines.add("");
        lines.add(
                switch (trusted.mode()) {
                    case ENFORCE -> "Tokens of issuers that it does not list are refused, whatever policies say.";
                    case AUDIT -> "Tokens of issuers that it does not list are accepted and recorded.";
                });
        if (eased) {
            lines.add("");
            lines.add("- " + WIDER + "**wider**: they were refused");
        }
    }
}
