package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.Optional;

/** Finds entries of a list of trusted issuers that match no token. */
final class TrustedIssuerRules implements LintRule {
    @Override
    public void check(PolicyView file, DiagnosticCollector diagnostics) {
        file.below("issuers").stream().filter(YamlSource::isText).forEach(issuer -> {
            if (Patterns.looksLikeOne(issuer.text())) {
                diagnostics.add(
                        DiagnosticCode.REGEX_IN_EXACT,
                        issuer.value(),
                        "issuers are compared as they are, so %s matches nothing".formatted(GoQuoted.of(issuer.text())),
                        asPattern(issuer.text()));
            } else {
                IssuerRules.misspelt(issuer, diagnostics);
            }
        });
        file.below("issuer_patterns").stream()
                .filter(YamlSource::isText)
                .forEach(pattern -> file.shape(pattern)
                        .filter(shape -> !shape.canStartWith("https://") && !shape.canStartWith("http://"))
                        .ifPresent(shape -> diagnostics.add(
                                DiagnosticCode.ISSUER_NEVER_MATCHES,
                                pattern.value(),
                                IssuerRules.neverMatches(pattern),
                                IssuerRules.withScheme(pattern))));
    }

    private static Fix asPattern(String issuer) {
        Optional<String> pattern = Patterns.meantByAddress(issuer);
        return Fix.advice("move it to issuer_patterns"
                + pattern.map(text -> ", as " + text).orElse(""));
    }
}
