package dev.octosts.policy.test;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Grant;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.explain.Explanation;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.PolicyLinter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs a policy's tests: compares the policy's decisions with the expected ones. */
final class PolicyTestRun {
    private final byte[] file;
    private final FileContext context;
    private final String domain;
    private final TrustPolicy.Reading reading;

    PolicyTestRun(byte[] file, FileContext context, String domain) {
        this.file = file;
        this.context = context;
        this.domain = domain;
        this.reading = TrustPolicy.read(file, context.policyKind());
    }

    PolicyTests.Result result(PolicyTests.Case test) {
        String problem =
                test.claims().map(claims -> decided(claims, test.expected())).orElseGet(() -> linted(test));
        return new PolicyTests.Result(test.name(), problem.isEmpty(), problem);
    }

    private String linted(PolicyTests.Case test) {
        String expected = String.valueOf(test.expected().get("diagnostic"));
        List<String> found = PolicyLinter.lint(file, context).stream()
                .map(diagnostic -> diagnostic.code().id())
                .distinct()
                .toList();
        return found.contains(expected) ? "" : "expected the diagnostic %s, found %s".formatted(expected, found);
    }

    private String decided(Claims claims, Map<?, ?> expected) {
        return switch (reading) {
            case TrustPolicy.Reading.Valid(var policy) ->
                expected.containsKey("denied")
                        ? denied(Explanation.of(policy, claims, domain), String.valueOf(expected.get("denied")))
                        : permitted(policy, Explanation.of(policy, claims, domain), expected);
            case TrustPolicy.Reading.Invalid(var faults) ->
                "the policy is refused: " + faults.getFirst().message();
            case TrustPolicy.Reading.Unparsable(var faults) ->
                "the policy is refused: " + faults.getFirst().message();
        };
    }

    private static String denied(Explanation explanation, String rule) {
        if (explanation.accepted()) {
            return "expected a refusal, but the token is accepted";
        }
        boolean failed = explanation.rules().stream()
                .filter(explained -> !explained.satisfied())
                .anyMatch(explained -> rule.equals(explained.key())
                        || rule.equals(explained.check().rule().name()));
        return failed || rule.equals("any") || rule.equals("true")
                ? ""
                : "expected %s to refuse, but: %s".formatted(rule, explanation.summary());
    }

    private static String permitted(TrustPolicy policy, Explanation explanation, Map<?, ?> expected) {
        if (!explanation.accepted()) {
            return "expected a token, but: " + explanation.summary();
        }
        Grant grant = policy.grant();
        var granted = new TreeMap<String, String>();
        grant.permissions().forEach((name, level) -> granted.put(name, level.wireName()));
        if (!(expected.get("permissions") instanceof Map<?, ?> wanted) || !granted.equals(wanted)) {
            return "expected the permissions %s, granted are %s".formatted(expected.get("permissions"), granted);
        }
        if (expected.get("repositories") instanceof List<?> repositories) {
            var names = new TreeSet<String>(grant.repositories());
            var wantedNames = new TreeSet<String>(
                    repositories.stream().map(String::valueOf).toList());
            return names.equals(wantedNames)
                    ? ""
                    : "expected the repositories %s, granted are %s".formatted(wantedNames, names);
        }
        return "";
    }
}
