package dev.octosts.policy.lint;

import dev.octosts.policy.Formats;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.pattern.PatternShape;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds issuers that no token has, and issuers that were not meant. */
final class IssuerRules implements LintRule {
    private static final Pattern DISCOVERY = Pattern.compile("/\\.well-known/.*$");
    private static final Pattern AWS_PROVIDER = Pattern.compile("^arn:aws[\\w-]*:iam::\\d+:oidc-provider/");

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        policy.value("issuer").ifPresent(issuer -> exact(policy, issuer, diagnostics));
        policy.value("issuer_pattern")
                .ifPresent(issuer -> policy.shape(issuer).ifPresent(shape -> pattern(issuer, shape, diagnostics)));
        audience(policy, diagnostics);
    }

    private static void exact(PolicyView policy, YamlSource issuer, DiagnosticCollector diagnostics) {
        String text = issuer.text();
        if (Patterns.looksLikeOne(text)) {
            return;
        }
        if (!Formats.isIssuer(text)) {
            diagnostics.add(
                    DiagnosticCode.BAD_ISSUER,
                    issuer.value(),
                    "%s is no issuer: an https address without query and fragment is expected"
                            .formatted(GoQuoted.of(text)),
                    issuer.form() == YamlSource.Form.BLOCK
                            ? TextRules.withoutLineBreak(policy, issuer)
                            : repair(issuer));
            return;
        }
        misspelt(issuer, diagnostics);
    }

    /** An issuer in the right form that no token has. */
    static void misspelt(YamlSource issuer, DiagnosticCollector diagnostics) {
        String text = issuer.text();
        Optional<String> meant = meant(text);
        String cause = "no token has the issuer %s".formatted(GoQuoted.of(text));
        if (meant.isPresent()) {
            report(diagnostics, DiagnosticCode.MISSPELT_ISSUER, issuer, cause, meant);
            return;
        }
        PlatformIssuers.in(text).ifPresent(mistake -> {
            Fix fix = mistake.right()
                    .flatMap(right -> Scalars.rewrite(issuer, right))
                    .map(edit -> Fix.edit(mistake.advice(), edit))
                    .orElseGet(() -> Fix.advice(mistake.advice()));
            diagnostics.add(DiagnosticCode.MISSPELT_ISSUER, issuer.value(), cause, fix);
        });
    }

    /** The fix that makes an issuer of a text that is not one. */
    static Fix repair(YamlSource issuer) {
        Optional<String> meant = repaired(issuer.text());
        Optional<Edit> edit = meant.flatMap(text -> Scalars.rewrite(issuer, text));
        String advice = meant.map(text -> "write " + text).orElse("write it as its discovery document has it");
        return edit.map(change -> Fix.edit(advice, change)).orElseGet(() -> Fix.advice(advice));
    }

    private static void report(
            DiagnosticCollector diagnostics,
            DiagnosticCode code,
            YamlSource issuer,
            String cause,
            Optional<String> meant) {
        Optional<Edit> edit = meant.flatMap(text -> Scalars.rewrite(issuer, text));
        String advice = meant.map(text -> "write " + text).orElse("write it as its discovery document has it");
        Fix fix = edit.map(change -> Fix.edit(advice, change)).orElseGet(() -> Fix.advice(advice));
        diagnostics.add(code, issuer.value(), cause, fix);
    }

    private static Optional<String> repaired(String text) {
        String known = Platform.NAMES.get(text.strip().toLowerCase(Locale.ROOT));
        if (known != null) {
            return Optional.of(known);
        }
        String named = AWS_PROVIDER.matcher(text.strip()).replaceFirst("");
        String stripped = withoutDiscovery(named.replaceFirst("[?#].*$", ""));
        String secure = stripped.replaceFirst("^(?i)(https?:?(?=/))?:?/*\\s*(?=[^/])", "https://");
        int path = secure.indexOf('/', "https://".length());
        String host = path < 0 ? secure : secure.substring(0, path);
        String repaired = host.toLowerCase(Locale.ROOT) + (path < 0 ? "" : secure.substring(path));
        return Optional.of(meant(repaired).orElse(repaired))
                .filter(issuer ->
                        Formats.isIssuer(issuer) && (host.contains(".") || host.startsWith("https://localhost")));
    }

    private static String withoutDiscovery(String text) {
        return DISCOVERY.matcher(text).replaceFirst("");
    }

    /** The well-known issuer that a text nearly is. */
    private static Optional<String> meant(String text) {
        String issuer = withoutDiscovery(text);
        String bare = issuer.toLowerCase(Locale.ROOT).replaceFirst("/+$", "").replaceFirst(":443$", "");
        if (Platform.ALSO_WRITTEN.containsKey(bare)) {
            return Optional.of(Platform.ALSO_WRITTEN.get(bare));
        }
        if (!bare.equals(text)) {
            Optional<String> known =
                    Platform.sharedIssuers().filter(bare::equals).findFirst();
            if (known.isPresent()) {
                return known;
            }
        }
        return issuer.equals(text) ? nearly(bare, Platform.sharedIssuers()) : Optional.of(issuer);
    }

    private static Optional<String> nearly(String text, Stream<String> issuers) {
        return issuers.filter(issuer -> !issuer.equals(text) && differByOneMistake(text, issuer))
                .findFirst();
    }

    /** Whether one text becomes the other by one insertion, deletion or replacement, or by swapping two neighbours. */
    private static boolean differByOneMistake(String one, String other) {
        int start = 0;
        int shorter = Math.min(one.length(), other.length());
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        String here = one.substring(start, one.length() - end);
        String there = other.substring(start, other.length() - end);
        boolean swapped = here.length() == 2 && there.contentEquals(new StringBuilder(here).reverse());
        return swapped || Math.max(here.length(), there.length()) == 1;
    }

    private static void pattern(YamlSource issuer, PatternShape shape, DiagnosticCollector diagnostics) {
        if (!shape.canStartWith("https://") && !shape.canStartWith("http://")) {
            diagnostics.add(
                    DiagnosticCode.ISSUER_NEVER_MATCHES, issuer.value(), neverMatches(issuer), withScheme(issuer));
        } else if (!shape.hasFixedSlashes() && !shape.matchesEverything()) {
            diagnostics.add(
                    DiagnosticCode.OPEN_ISSUER_PATTERN,
                    issuer.value(),
                    "%s can match a slash, and so hosts of others".formatted(GoQuoted.of(issuer.text())),
                    Fix.advice("use [^/]* or [a-z0-9-]+ instead of . and of negated classes"));
        }
    }

    static String neverMatches(YamlSource pattern) {
        return "no issuer matches %s, because issuers start with https://".formatted(GoQuoted.of(pattern.text()));
    }

    static Fix withScheme(YamlSource issuer) {
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

    private static void audience(PolicyView policy, DiagnosticCollector diagnostics) {
        Platform provider = policy.provider();
        if (provider.hasAnyAudience()
                || policy.value("audience").isPresent()
                || policy.value("audience_pattern").isPresent()) {
            return;
        }
        policy.values("issuer")
                .ifPresent(issuer -> diagnostics.add(
                        DiagnosticCode.DEFAULT_AUDIENCE,
                        issuer.written().value(),
                        "tokens of this issuer never have this service as their audience",
                        Fix.advice("add audience: with the value of the token's claim aud")));
    }
}
