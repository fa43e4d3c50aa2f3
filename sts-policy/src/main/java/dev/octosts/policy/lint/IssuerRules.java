package dev.octosts.policy.lint;

import dev.octosts.policy.DiagnosticCode;
import dev.octosts.policy.Formats;
import dev.octosts.policy.Written;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.text.Quoted;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Issuers that no token has, or others than the one that was meant. */
final class IssuerRules implements LintRule {
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    @Override
    public void check(PolicyView policy, Report report) {
        policy.value("issuer").ifPresent(issuer -> exact(issuer, report));
        policy.value("issuer_pattern")
                .ifPresent(issuer -> policy.shape(issuer).ifPresent(shape -> pattern(issuer, shape, report)));
        audience(policy, report);
    }

    private static void exact(Written issuer, Report report) {
        String text = issuer.text();
        if (Patterns.looksLikeOne(text)) {
            return;
        }
        if (!Formats.isIssuer(text)) {
            tell(
                    report,
                    DiagnosticCode.BAD_ISSUER,
                    issuer,
                    "%s is no issuer: an https address without query and fragment is expected"
                            .formatted(Quoted.of(text)),
                    repaired(text));
            return;
        }
        Optional<String> meant = meant(text);
        meant.ifPresent(known -> tell(
                report,
                DiagnosticCode.MISSPELT_ISSUER,
                issuer,
                "no token has the issuer %s".formatted(Quoted.of(text)),
                meant));
    }

    private static void tell(Report report, DiagnosticCode code, Written issuer, String cause, Optional<String> meant) {
        Optional<Edit> edit = meant.flatMap(text -> Scalars.rewrite(issuer, text));
        String advice = meant.map(text -> "write " + text).orElse("write it as its discovery document has it");
        Fix fix = edit.map(change -> Fix.edit(advice, change)).orElseGet(() -> Fix.advice(advice));
        report.add(code, issuer.value(), cause, fix);
    }

    private static Optional<String> repaired(String text) {
        String stripped = withoutDiscovery(text.strip().replaceFirst("[?#].*$", ""));
        String secure = stripped.replaceFirst("^(?i)(https?:)?/*(?=[^/])", "https://");
        int path = secure.indexOf('/', "https://".length());
        String host = path < 0 ? secure : secure.substring(0, path);
        String repaired = host.toLowerCase(Locale.ROOT) + (path < 0 ? "" : secure.substring(path));
        return Optional.of(meant(repaired).orElse(repaired)).filter(Formats::isIssuer);
    }

    private static String withoutDiscovery(String text) {
        return text.endsWith(DISCOVERY) ? text.substring(0, text.length() - DISCOVERY.length()) : text;
    }

    /** The well-known issuer that a text is nearly. */
    private static Optional<String> meant(String text) {
        String bare = withoutDiscovery(text).toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
        if (Provider.ALSO_WRITTEN.containsKey(bare)) {
            return Optional.of(Provider.ALSO_WRITTEN.get(bare));
        }
        if (bare.length() < withoutDiscovery(text).length()
                || withoutDiscovery(text).length() < text.length()
                || !bare.equals(text)) {
            Optional<String> known =
                    Provider.sharedIssuers().filter(bare::equals).findFirst();
            if (known.isPresent()) {
                return known;
            }
        }
        if (text.endsWith(DISCOVERY)) {
            return Optional.of(withoutDiscovery(text));
        }
        return nearly(bare, Provider.sharedIssuers());
    }

    private static Optional<String> nearly(String text, Stream<String> issuers) {
        return issuers.filter(issuer -> !issuer.equals(text) && Spelling.isNear(text, issuer))
                .findFirst();
    }

    private static void pattern(Written issuer, PatternShape shape, Report report) {
        if (!shape.canStartWith("https://") && !shape.canStartWith("http://")) {
            report.add(
                    DiagnosticCode.ISSUER_NEVER_MATCHES,
                    issuer.value(),
                    "no issuer matches %s, because issuers start with https://".formatted(Quoted.of(issuer.text())),
                    withScheme(issuer));
        } else if (!shape.hasFixedSlashes() && !shape.matchesEverything()) {
            report.add(
                    DiagnosticCode.OPEN_ISSUER_PATTERN,
                    issuer.value(),
                    "%s can match a slash, and so hosts of others".formatted(Quoted.of(issuer.text())),
                    Fix.advice("use [^/]* or [a-z0-9-]+ instead of . and of negated classes"));
        }
    }

    private static Fix withScheme(Written issuer) {
        String advice = "start it with https://";
        String text = issuer.text();
        if (text.contains("|") || text.contains("//")) {
            return Fix.advice(advice);
        }
        boolean anchored = text.startsWith("^");
        return Scalars.rewrite(issuer, (anchored ? "^" : "") + "https://" + text.substring(anchored ? 1 : 0))
                .map(edit -> Fix.edit(advice, edit))
                .orElseGet(() -> Fix.advice(advice));
    }

    private static void audience(PolicyView policy, Report report) {
        Provider provider = policy.provider();
        if (provider.hasAnyAudience()
                || policy.value("audience").isPresent()
                || policy.value("audience_pattern").isPresent()) {
            return;
        }
        policy.values("issuer")
                .ifPresent(issuer -> report.add(
                        DiagnosticCode.DEFAULT_AUDIENCE,
                        issuer.written().value(),
                        "tokens of this issuer never have this service as their audience",
                        Fix.advice("add audience: with the value of the token's claim aud")));
    }
}
