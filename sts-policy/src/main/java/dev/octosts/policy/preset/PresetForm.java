package dev.octosts.policy.preset;

import dev.octosts.policy.Claims;
import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.explain.Hints;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.Patterns;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.lint.PolicyText;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form of a provider's tokens.
 *
 * @param issuer of its tokens
 * @param subject of an example's token; also the policy's when there is no pattern
 * @param pattern of subjects, when a workload's tokens have several
 * @param audience when it is not this service
 */
record PresetForm(Template issuer, Template subject, Optional<Template> pattern, Optional<Template> audience) {
    /** What a grant can be on purpose. Any other warning is about a policy that no token satisfies. */
    private static final Set<DiagnosticCode> AS_WANTED = EnumSet.of(
            DiagnosticCode.SELF_REWRITE,
            DiagnosticCode.WRITES_EVERYWHERE,
            DiagnosticCode.ORGANIZATION_PERMISSION,
            DiagnosticCode.POWERFUL_GRANT);

    /**
     * A text with parameter names in braces.
     *
     * @param text such as {@code repo:{owner}/{repository}}
     */
    record Template(String text) {
        private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)\\}");

        /** The text with the parameters' values; empty when one is missing. */
        Optional<String> filled(Map<String, String> parameters, UnaryOperator<String> escape) {
            if (NAME.matcher(text).results().anyMatch(name -> !parameters.containsKey(name.group(1)))) {
                return Optional.empty();
            }
            return Optional.of(NAME.matcher(text)
                    .replaceAll(name ->
                            Matcher.quoteReplacement(escape.apply(parameters.getOrDefault(name.group(1), "")))));
        }

        /** The parameters with which the text is that value. */
        Optional<Map<String, String>> parametersOf(String value) {
            var names = NAME.matcher(text).results().map(name -> name.group(1)).toList();
            String literals =
                    NAME.splitAsStream(text + "\0").map(Pattern::quote).collect(Collectors.joining("(.+?)"));
            Matcher matcher = Pattern.compile(literals).matcher(value + "\0");
            if (!matcher.matches()) {
                return Optional.empty();
            }
            MatchResult found = matcher.toMatchResult();
            var parameters = new LinkedHashMap<String, String>();
            for (int i = 0; i < names.size(); i++) {
                parameters.put(names.get(i), found.group(i + 1));
            }
            return Optional.of(parameters);
        }
    }

    static PresetForm of(String issuer, String subject) {
        return new PresetForm(new Template(issuer), new Template(subject), Optional.empty(), Optional.empty());
    }

    PresetForm pattern(String text) {
        return new PresetForm(issuer, subject, Optional.of(new Template(text)), audience);
    }

    PresetForm audience(String text) {
        return new PresetForm(issuer, subject, pattern, Optional.of(new Template(text)));
    }

    Preset.PresetFiles write(Map<String, String> values, Preset.PresetGrant grant, String domain) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("issuer", fill(issuer, values));
        if (pattern.isPresent()) {
            texts.put(
                    "subject_pattern",
                    pattern.get().filled(values, Patterns::escape).orElseThrow());
        } else {
            texts.put("subject", fill(subject, values));
        }
        audience.map(template -> fill(template, values))
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> texts.put("audience", text));
        var levels = new LinkedHashMap<String, String>();
        grant.permissions().forEach((name, level) -> levels.put(name, level.wireName()));
        String policy = PolicyText.of(new PolicyDocument(texts, Map.of(), levels, grant.repositories()));
        refuseFaults(policy, grant.kind());
        boolean forService = !texts.containsKey("audience");
        String head = forService ? PolicyText.line("domain", domain) : "";
        return new Preset.PresetFiles(policy, head + test(values, levels, texts.getOrDefault("audience", domain)));
    }

    /** The parameters that a token has; empty when it is not of this form. */
    Optional<Map<String, String>> parametersOf(Claims claims) {
        String current = Hints.withoutIds(claims.subject());
        Optional<Map<String, String>> fromIssuer = issuer.parametersOf(claims.issuer());
        Optional<Map<String, String>> fromSubject =
                new Template(example(subject.text())).parametersOf(example(current));
        if (fromIssuer.isEmpty() || fromSubject.isEmpty() || !distinctive(claims)) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<>(fromIssuer.get());
        parameters.putAll(fromSubject.get());
        return Optional.of(parameters);
    }

    /** Whether the form is specific: a form whose issuer and subject may both be anything shows nothing. */
    private boolean distinctive(Claims claims) {
        return !subject.text().equals("{subject}")
                && (!issuer.text().equals("{issuer}") || claims.issuer().startsWith("https://"));
    }

    /** Parts of the subject that differ from token to token. */
    private static String example(String subject) {
        return subject.replaceFirst(":commit:[0-9a-f]+:step:[^:]*$", "").replaceFirst("/user/[0-9a-f-]+$", "");
    }

    private static String fill(Template template, Map<String, String> values) {
        return template.filled(values, text -> text).orElseThrow();
    }

    private static void refuseFaults(String policy, PolicyKind kind) {
        PolicyLinter.lint(policy.getBytes(StandardCharsets.UTF_8), FileContext.of(kind, "")).stream()
                .filter(diagnostic -> diagnostic.severity() != Severity.HINT && !AS_WANTED.contains(diagnostic.code()))
                .findFirst()
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault.message());
                });
    }

    private String test(Map<String, String> values, Map<String, String> levels, String tokenAudience) {
        String sub = fill(subject, values);
        var text = new StringBuilder("tests:\n");
        text.append("  - name: the workload gets a token\n")
                .append(claims(fill(issuer, values), sub, tokenAudience))
                .append("    expect:\n      permissions:\n");
        levels.forEach((name, level) -> text.append("        ").append(PolicyText.line(name, level)));
        return text.append("  - name: any other workload is refused\n")
                .append(claims(fill(issuer, values), "other-" + sub, tokenAudience))
                .append("    expect:\n      denied: subject\n")
                .toString();
    }

    private static String claims(String iss, String sub, String aud) {
        String indent = "      ";
        return "    claims:\n" + indent + PolicyText.line("iss", iss) + indent + PolicyText.line("sub", sub) + indent
                + PolicyText.line("aud", aud);
    }
}
