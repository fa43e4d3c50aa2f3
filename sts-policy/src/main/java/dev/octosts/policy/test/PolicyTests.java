package dev.octosts.policy.test;

import dev.octosts.policy.Claims;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.yaml.YamlData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tests of a policy: a file {@code NAME.sts.test.yaml} next to {@code NAME.sts.yaml}.
 *
 * <pre>{@code
 * domain: octo-sts.dev              # optional, the default audience
 * tests:
 *   - name: the release workflow may write
 *     claims: {iss: https://token.actions.githubusercontent.com, sub: "repo:o/r:ref:refs/heads/main", aud: octo-sts.dev}
 *     expect: {permissions: {contents: write}, repositories: [r]}    # repositories only if they matter
 *   - name: a pull request is refused
 *     claims: {iss: https://token.actions.githubusercontent.com, sub: "repo:o/r:pull_request", aud: octo-sts.dev}
 *     expect: {denied: subject}     # issuer, subject, audience, a claim's name, or any
 *   - name: the file has this diagnostic
 *     expect: {diagnostic: STS049}
 * }</pre>
 */
public final class PolicyTests {
    /** The end of a test file's name. */
    public static final String SUFFIX = ".sts.test.yaml";

    private static final Set<String> KEYS = Set.of("domain", "tests");
    private static final Set<String> CASE_KEYS = Set.of("name", "claims", "expect");
    private static final Set<String> EXPECTED_KEYS = Set.of("permissions", "repositories", "denied", "diagnostic");

    private final Optional<String> domain;
    private final List<Case> cases;

    private PolicyTests(Optional<String> domain, List<Case> cases) {
        this.domain = domain;
        this.cases = List.copyOf(cases);
    }

    /** A named expectation. */
    record Case(String name, Optional<Claims> claims, Map<?, ?> expected) {}

    /**
     * The result of one test.
     *
     * @param name as the file has it
     * @param passed whether the expectation was met
     * @param message what was found instead; empty when it passed
     */
    public record Result(String name, boolean passed, String message) {}

    /** The result of reading a test file. */
    public sealed interface TestsReading {
        /** The file holds tests. */
        record Valid(PolicyTests tests) implements TestsReading {}

        /**
         * It does not.
         *
         * @param faults never empty
         */
        record Invalid(List<Diagnostic> faults) implements TestsReading {
            public Invalid {
                faults = List.copyOf(faults);
            }
        }
    }

    /** Reads a test file of at most 1 MiB. */
    public static TestsReading read(byte[] file) {
        YamlData data = YamlData.read(file);
        var faults = new ArrayList<Diagnostic>();
        for (Fault fault : data.faults()) {
            faults.add(new Diagnostic(fault.code(), fault.place(), fault.message(), Optional.empty()));
        }
        if (!faults.isEmpty()) {
            return new TestsReading.Invalid(faults);
        }
        return new Reader(data.places()).read(data.value().orElse(Map.of()));
    }

    /**
     * Runs the tests.
     *
     * @param policy the policy file's bytes
     * @param context what else is known about the policy file
     * @param defaultAudience the service's own domain, for files that name none
     */
    public List<Result> run(byte[] policy, FileContext context, String defaultAudience) {
        var run = new PolicyTestRun(policy, context, domain.orElse(defaultAudience));
        return cases.stream().map(run::result).toList();
    }

    /** The service's own domain, when the file names it. */
    public Optional<String> domain() {
        return domain;
    }

    private static Claims claims(Map<?, ?> written) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        written.forEach((name, value) -> all.put(String.valueOf(name), value));
        Object audience = all.get("aud");
        List<String> audiences = switch (audience) {
            case null -> List.of();
            case List<?> several -> several.stream().map(String::valueOf).toList();
            default -> List.of(String.valueOf(audience));
        };
        return new Claims(text(all.get("iss")), text(all.get("sub")), audiences, all);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** Reads the tests, and says where something is wrong with them. */
    private static final class Reader {
        private static final FaultLocation START = FaultLocation.at(Position.START);

        private final YamlData.Places places;
        private final List<Diagnostic> faults = new ArrayList<>();

        Reader(YamlData.Places places) {
            this.places = places;
        }

        TestsReading read(Object file) {
            Map<?, ?> root = map(file, "the file", KEYS, places.of(file));
            var cases = new ArrayList<Case>();
            if (root.get("tests") instanceof List<?> tests) {
                tests.forEach(each -> cases.add(testCase(each, tests)));
            }
            if (cases.isEmpty()) {
                fault(
                        root.containsKey("tests") ? places.ofKey(root, "tests") : START,
                        "the file has no tests; write a list below tests:");
            }
            Optional<String> domain = Optional.ofNullable(root.get("domain")).map(String::valueOf);
            return faults.isEmpty()
                    ? new TestsReading.Valid(new PolicyTests(domain, cases))
                    : new TestsReading.Invalid(faults.stream().sorted().toList());
        }

        private Case testCase(Object value, List<?> tests) {
            FaultLocation place = value instanceof String ? places.of(tests) : places.of(value);
            Map<?, ?> map = map(value, "a test", CASE_KEYS, place);
            String name = text(map.get("name"));
            if (name.isEmpty()) {
                fault(place, "a test has no name");
            }
            Map<?, ?> expected =
                    map(map.get("expect"), "expect of \"" + name + "\"", EXPECTED_KEYS, places.ofValue(map, "expect"));
            boolean diagnostic = expected.containsKey("diagnostic");
            long outcomes = List.of("permissions", "denied", "diagnostic").stream()
                    .filter(expected::containsKey)
                    .count();
            if (outcomes != 1) {
                fault(
                        places.ofKey(map, "expect"),
                        "the test \"%s\" must expect one of permissions, denied, diagnostic".formatted(name));
            }
            if (diagnostic || !(map.get("claims") instanceof Map<?, ?> claims)) {
                if (!diagnostic) {
                    fault(
                            map.containsKey("claims") ? places.ofKey(map, "claims") : place,
                            "the test \"%s\" has no claims".formatted(name));
                }
                return new Case(name, Optional.empty(), expected);
            }
            return new Case(name, Optional.of(claims(claims)), expected);
        }

        private Map<?, ?> map(@Nullable Object value, String what, Set<String> keys, FaultLocation place) {
            if (!(value instanceof Map<?, ?> map)) {
                fault(
                        place,
                        "%s must be a mapping with %s"
                                .formatted(
                                        what,
                                        String.join(", ", keys.stream().sorted().toList())));
                return Map.of();
            }
            for (Object key : map.keySet()) {
                if (!keys.contains(String.valueOf(key))) {
                    fault(
                            places.ofKey(map, key),
                            "%s has the unknown key \"%s\"%s"
                                    .formatted(
                                            what,
                                            key,
                                            DidYouMean.to(String.valueOf(key), keys)
                                                    .map("; did you mean %s?"::formatted)
                                                    .orElse("")));
                }
            }
            return map;
        }

        private void fault(FaultLocation place, String problem) {
            faults.add(new Diagnostic(DiagnosticCode.BAD_TEST, place, problem, Optional.empty()));
        }
    }
}
