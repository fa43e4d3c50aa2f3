package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
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
        policy.value("audience").ifPresent(audience -> {
            String text = audience.text();
            Optional<String> service = Optional.ofNullable(SERVICES.get(text))
                    .or(() -> text.startsWith(APPLICATION) && isFree(policy) ? Optional.of("Azure") : Optional.empty());
            var domain = BARE_DOMAIN.matcher(text);
            if (service.isPresent()) {
                diagnostics.add(
                        DiagnosticCode.FOREIGN_AUDIENCE,
                        audience.value(),
                        "%s is the audience of tokens for %s".formatted(GoQuoted.of(text), service.get()),
                        Fix.advice("remove it, and let the workload ask for a token for this service's domain"));
            } else if (domain.matches() && isFree(policy)) {
                bare(audience, domain.group(1), diagnostics);
            }
        });
    }

    private static void bare(YamlSource audience, String domain, DiagnosticCollector diagnostics) {
        String advice = "write %s, or remove it".formatted(domain);
        Optional<Edit> edit = Scalars.rewrite(audience, domain);
        diagnostics.add(
                DiagnosticCode.FOREIGN_AUDIENCE,
                audience.value(),
                "workloads ask for tokens for a service's domain, which has no https:// in front",
                edit.map(change -> Fix.edit(advice, change)).orElseGet(() -> Fix.advice(advice)));
    }

    private static boolean isFree(PolicyView policy) {
        return FREE.contains(policy.provider());
    }
}
