package dev.octosts.policy.explain;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.Rule;
import dev.octosts.policy.RuleCheck;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.explain.Explanation.SmallestChange;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.Patterns;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.lint.PolicyText;
import dev.octosts.policy.lint.Scalars;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the change of a policy that would accept a token. */
final class ChangeFinder {
    private static final Set<DiagnosticCode> BROAD = EnumSet.of(
            DiagnosticCode.MATCHES_EVERYTHING,
            DiagnosticCode.ANY_OWNER,
            DiagnosticCode.UNBOUND_SUBJECT,
            DiagnosticCode.OPEN_ISSUER_PATTERN,
            DiagnosticCode.ANY_WORKLOAD,
            DiagnosticCode.POWERFUL_GRANT,
            DiagnosticCode.PULL_REQUEST_WRITES,
            DiagnosticCode.ANY_BRANCH_WRITES);

    /** A policy of this length takes long to read and to check, and the change is not short. */
    private static final int MAX_TEXT = 1 << 16;

    private final PolicyDocument before;
    private final Map<String, String> texts;
    private final Map<String, String> claimPatterns;
    private final List<String> subjects;
    private final Map<String, List<String>> claim;
    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private ChangeFinder(PolicyDocument before) {
        this.before = before;
        this.texts = new LinkedHashMap<>(before.texts());
        this.claimPatterns = new LinkedHashMap<>(before.claimPattern());
        this.subjects = new ArrayList<>(before.subjects());
        this.claim = new LinkedHashMap<>(before.claim());
    }

    static Optional<SmallestChange> accepting(
            PolicyDocument policy, List<RuleExplanation> rules, Claims claims, String domain) {
        var finder = new ChangeFinder(policy);
        rules.stream().filter(rule -> !rule.satisfied()).forEach(rule -> {
            switch (rule.check().rule().aspect()) {
                case ISSUER -> finder.issuer(rule);
                case SUBJECT -> finder.subject(rule);
                case AUDIENCE -> finder.audience(rule);
                case CLAIM -> finder.claim(rule);
            }
        });
        return finder.tried(claims, domain);
    }

    private void issuer(RuleExplanation rule) {
        String issuer = rule.presented().getFirst();
        set(rule, "issuer", issuer);
        warnings.add("it would trust another issuer, %s, for all that it says".formatted(issuer));
    }

    private void subject(RuleExplanation rule) {
        String value = rule.presented().getFirst();
        String required = rule.check().rule().required();
        if (!subjects.isEmpty()) {
            subjects.add(value);
            lines.add("subjects:");
            lines.add("  - " + Scalars.write(value));
        } else if (rule.check().rule().pattern()) {
            set(rule, "subject_pattern", either(required, value));
        } else if (Hints.withoutIds(value).equals(required) && !value.equals(required)) {
            String ids = value.replaceFirst("@(\\d+)/", "/").replaceFirst("@\\d+:", ":");
            String pattern = Patterns.escape(ids)
                    .replaceFirst("^(repo:[^/]+)/((?:[^:\\\\]|\\\\.)+):", "$1(@[0-9]+)?/$2(@[0-9]+)?:");
            set(rule, "subject_pattern", pattern);
        } else if (Patterns.looksLikeOne(required) && matches(required, value)) {
            set(rule, "subject_pattern", Patterns.meantBy(required).orElse(required));
        } else {
            set(rule, "subject", value);
        }
        if (!owner(value).equals(owner(required)) && owner(required).matches("[\\w-]+")) {
            warnings.add("it would let in %s, another owner than %s".formatted(owner(value), owner(required)));
        }
    }

    private static boolean matches(String exact, String value) {
        return Hints.of(Rule.exact(Rule.Aspect.SUBJECT, "subject", exact), value)
                .map(hint -> hint.contains("_pattern it would match"))
                .orElse(false);
    }

    private static String owner(String subject) {
        return subject.replaceFirst("^\\^?repo:([\\w-]+)(@\\d+)?/.*$", "$1");
    }

    private void audience(RuleExplanation rule) {
        if (rule.presented().isEmpty()) {
            return;
        }
        String audience = rule.presented().getFirst();
        if (rule.check().rule().pattern()) {
            set(rule, "audience_pattern", either(rule.check().rule().required(), audience));
        } else {
            set(rule, "audience", audience);
            warnings.add("tokens meant for %s would be accepted, also from everyone who gets them there"
                    .formatted(audience));
        }
    }

    private void claim(RuleExplanation rule) {
        String name = rule.check().rule().name();
        if (!rule.check().rule().pattern()) {
            exactClaim(rule, name);
            return;
        }
        if (rule.check().outcome() == RuleCheck.Outcome.DIFFERENT) {
            String pattern =
                    either(rule.check().rule().required(), rule.presented().getFirst());
            claimPatterns.put(name, pattern);
            lines.add("claim_pattern:");
            lines.add("  " + PolicyText.line(name, pattern).strip());
        } else {
            claimPatterns.remove(name);
            lines.add("# remove claim_pattern." + name);
            warnings.add("the claim %s would restrict nobody any more".formatted(name));
        }
    }

    private void exactClaim(RuleExplanation rule, String name) {
        if (rule.check().outcome() == RuleCheck.Outcome.DIFFERENT
                && !rule.presented().isEmpty()) {
            var accepted = new ArrayList<>(claim.getOrDefault(name, List.of()));
            accepted.add(rule.presented().getFirst());
            claim.put(name, accepted);
            lines.add("claim:");
            lines.add("  " + PolicyText.values(name, accepted).strip());
        } else {
            claim.remove(name);
            lines.add("# remove claim." + name);
            warnings.add("the claim %s would restrict nobody any more".formatted(name));
        }
    }

    private static String either(String pattern, String value) {
        boolean grouped =
                pattern.startsWith("(") && pattern.endsWith(")") && pattern.indexOf(')') == pattern.length() - 1;
        String inside = grouped && !pattern.startsWith("(?") ? pattern.substring(1, pattern.length() - 1) : pattern;
        return "(" + inside + "|" + Patterns.escape(value) + ")";
    }

    private void set(RuleExplanation rule, String key, String value) {
        texts.remove(rule.key());
        texts.put(key, value);
        lines.add(PolicyText.line(key, value).strip());
    }

    /** Tries whether the change helps, and does not assume it. */
    private Optional<SmallestChange> tried(Claims claims, String domain) {
        var after =
                new PolicyDocument(texts, claimPatterns, subjects, claim, before.permissions(), before.repositories());
        String text = PolicyText.of(after);
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        if (TrustPolicy.read(text.getBytes(StandardCharsets.UTF_8), PolicyKind.ORGANIZATION)
                        instanceof TrustPolicy.Reading.Valid(var policy)
                && policy.evaluate(claims, domain) instanceof Permit) {
            Set<String> known = broad(PolicyText.of(before));
            broad(text).stream().filter(message -> !known.contains(message)).forEach(warnings::add);
            return Optional.of(new SmallestChange(lines.stream().distinct().toList(), warnings));
        }
        return Optional.empty();
    }

    private static Set<String> broad(String policy) {
        return PolicyLinter.lint(policy.getBytes(StandardCharsets.UTF_8), FileContext.of(PolicyKind.ORGANIZATION, ""))
                .stream()
                .filter(diagnostic -> BROAD.contains(diagnostic.code()))
                .map(Diagnostic::message)
                .collect(Collectors.toSet());
    }
}
