package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.text.GoQuoted;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds audiences that were copied from the set-up of another service. A token that is meant for another service would
 * be accepted here from everyone who gets it there, and a workload that asks for a token for this service has another.
 */
final class AudienceRules implements LintRule {
    private static final Map<String, String> SERVICES = Map.of(
            "sts.amazonaws.com", "AWS",
            "aws.workload.identity", "AWS",
            "gcp.workload.identity", "Google Cloud",
            "azure.workload.identity", "Azure");

    private static final String APPLICATION = "api://";
    /** A domain without a path. With one it is a name, such as https://github.com/octo-org, which GitHub gives itself. */
    private static final Pattern BARE_DOMAIN = Pattern.compile("https?://([A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+)/?");

    /** Where a workload says itself which audience it wants. */
    private static final Set<Platform> FREE =
            EnumSet.of(Platform.GITHUB, Platform.GITLAB, Platform.GOOGLE, Platform.BUILDKITE, Platform.TERRAFORM_CLOUD);

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        policy.values("audience")
                .ifPresent(audience -> audience.only().ifPresent(text -> check(policy, audience, text, diagnostics)));
    }

    private static void check(
            PolicyView policy, AcceptedValues audience, String text, DiagnosticCollector diagnostics) {
        Optional<String> service = Optional.ofNullable(SERVICES.get(text))
                .or(() -> text.startsWith(APPLICATION) && isFree(policy) ? Optional.of("Azure") : Optional.empty());
        var domain = BARE_DOMAIN.matcher(text);
        if (service.isPresent()) {
            diagnostics.add(
                    DiagnosticCode.FOREIGN_AUDIENCE,
                    audience.written().value(),
                    "%s is the audience of tokens for %s".formatted(GoQuoted.of(text), service.get()),
                    Fix.advice("remove it, and let the workload ask for a token for this service's domain"));
        } else if (domain.matches() && isFree(policy)) {
            bare(audience, domain.group(1), diagnostics);
        }
    }

    private static void bare(AcceptedValues audience, String domain, DiagnosticCollector diagnostics) {
        String advice = "write %s, or remove it".formatted(domain);
        Optional<Edit> edit =
                audience.shape().isEmpty() ? Scalars.rewrite(audience.written(), domain) : Optional.empty();
        diagnostics.add(
                DiagnosticCode.FOREIGN_AUDIENCE,
                audience.written().value(),
                "workloads ask for tokens for a service's domain, which has no https:// in front",
                edit.map(change -> Fix.edit(advice, change)).orElseGet(() -> Fix.advice(advice)));
    }

    private static boolean isFree(PolicyView policy) {
        return FREE.contains(policy.provider());
    }
}
