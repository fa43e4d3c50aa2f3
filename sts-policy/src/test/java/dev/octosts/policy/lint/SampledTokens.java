package dev.octosts.policy.lint;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.Formats;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.yaml.YamlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Policies as people write them, with and without mistakes, and the tokens that they may let in: those of every
 * platform, and those that a policy's own texts could be meant for.
 */
final class SampledTokens {
    static final String DOMAIN = "sts.example.com";

    private static final List<Path> CORPORA =
            List.of(Path.of("../../shared/corpus/policies"), Path.of("src/test/resources/policies"));

    private static final List<String> ISSUERS = List.of(
            "https://token.actions.githubusercontent.com",
            "https://token.actions.githubusercontent.com/",
            "https://gitlab.com",
            "https://accounts.google.com",
            "https://agent.buildkite.com",
            "https://app.terraform.io",
            "https://oidc.circleci.com/org/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b",
            "https://vstoken.dev.azure.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b",
            "https://api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc",
            "https://i.example");

    private static final List<String> PARTS = List.of(
            "repo:",
            "octo-org",
            "@9919",
            "/",
            "octo-repo",
            "@1296269",
            ":",
            "ref:refs/heads/main",
            "ref:refs/tags/v1",
            "pull_request",
            "environment:",
            "Production (EU)",
            " ",
            "[x]",
            "{1b2c-3d4e}",
            "|",
            ",",
            " or ",
            "*",
            ".*",
            "p://",
            "sc://",
            "My Project",
            "organization:",
            "project:",
            "workspace:",
            "run_phase:apply",
            "main",
            "é",
            "system:serviceaccount:",
            "project_path:",
            "ref_type:branch:",
            "117292703478108941530",
            "%2F",
            "@");

    private static final List<String> SUBJECTS = List.of(
            "repo:octo-org/octo-repo:ref:refs/heads/main",
            "repo:octo-org/octo-repo:ref:refs/heads/dev",
            "repo:octo-org/octo-repo:ref:refs/tags/v1",
            "repo:octo-org/octo-repo:pull_request",
            "repo:octo-org/octo-repo:environment:production",
            "repo:octo-org/other:ref:refs/heads/main",
            "repo:evil/octo-repo:ref:refs/heads/main",
            "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main",
            "repo:octo-org@9919/octo-repo@1296269:pull_request",
            "repo:octo-org@1/octo-repo@2:ref:refs/heads/main",
            "project_path:octo/repo:ref_type:branch:ref:main",
            "organization:octo-org:project:p:workspace:w:run_phase:apply",
            "organization:octo-org:pipeline:p:ref:refs/heads/main:commit:0a1b:step:x",
            "117292703478108941530",
            "system:serviceaccount:ci:runner",
            "x");

    private static final List<String> AUDIENCES = List.of(DOMAIN, "https://" + DOMAIN, "sts.amazonaws.com", "x");

    private static final List<Map<String, Object>> CLAIMS = List.of(
            Map.of("ref", "refs/heads/main", "event_name", "push", "repository", "octo-org/octo-repo"),
            Map.of(
                    "ref",
                    "refs/pull/1/merge",
                    "event_name",
                    "pull_request",
                    "job_workflow_ref",
                    "octo-org/octo-repo/.github/workflows/a.yml@refs/heads/main"));

    private SampledTokens() {}

    /** A policy file and what it is for. */
    record Sample(String name, String text, PolicyKind kind) {
        byte[] file() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        FileContext context() {
            return FileContext.of(kind, "");
        }

        Sample with(byte[] other) {
            return new Sample(name, new String(other, StandardCharsets.UTF_8), kind);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The policies of public repositories where they are at hand, and our own. */
    static List<Sample> corpus() throws IOException {
        var samples = new ArrayList<Sample>();
        for (Path folder : CORPORA) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.sorted().toList()) {
                        String text = Files.readString(file);
                        boolean organization = text.contains("SCOPE: org");
                        samples.add(new Sample(
                                file.getFileName().toString(),
                                text,
                                organization ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY));
                    }
                }
            }
        }
        return samples;
    }

    /** The files of the tests of mistakes. */
    static List<Sample> mistakes() {
        return Stream.concat(
                        MistakeTest.MISTAKES.stream().map(Mistake::file),
                        Stream.of(PlatformMistakeTest.MISTAKES, CarelessMistakeTest.MISTAKES)
                                .flatMap(Stream::of)
                                .map(row -> row[0]))
                .map(file -> new Sample(file, file, PolicyKind.REPOSITORY))
                .toList();
    }

    /** Policies that nobody would write, with every kind of subject. */
    static List<Sample> generated(int count) {
        var random = new Random(20260715);
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < count; i++) {
            var subject = new StringBuilder();
            for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
                subject.append(any(random, PARTS));
            }
            boolean pattern = random.nextInt(3) == 0;
            var file = new StringBuilder("issuer: ")
                    .append(any(random, ISSUERS))
                    .append('\n')
                    .append(pattern ? "subject_pattern: " : "subject: ")
                    .append(Scalars.quote(
                            pattern && random.nextBoolean() ? Patterns.escape(subject.toString()) : subject.toString()))
                    .append('\n');
            if (random.nextInt(4) == 0) {
                file.append("audience: ").append(any(random, AUDIENCES)).append('\n');
            }
            if (random.nextInt(4) == 0) {
                file.append("claim_pattern:\n  ref: refs/heads/")
                        .append(any(random, List.of("main", "*", ".*", "a.b", "main|dev")))
                        .append('\n');
            }
            file.append("permissions:\n  ")
                    .append(any(
                            random, List.of("contents: read", "pull-requests: write", "issues: writ", "issues: admin")))
                    .append('\n');
            samples.add(new Sample(file.toString(), file.toString(), PolicyKind.REPOSITORY));
        }
        return samples;
    }

    private static <T> T any(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Tokens that the policies may accept, each with every claim of one event. */
    static List<Claims> tokens(Sample... policies) {
        Set<String> issuers = new LinkedHashSet<>(ISSUERS);
        Set<String> subjects = new LinkedHashSet<>(SUBJECTS);
        Set<String> audiences = new LinkedHashSet<>(AUDIENCES);
        for (Sample policy : policies) {
            for (YamlSource entry : YamlSource.in(policy.file())) {
                switch (entry.name()) {
                    case "issuer", "issuer_pattern" -> issuers.add(plain(entry.text()));
                    case "subject", "subject_pattern" -> {
                        subjects.add(entry.text());
                        subjects.add(entry.text().strip());
                        subjects.add(plain(entry.text()));
                        subjects.add(plain(entry.text()).replaceFirst("octo-org/", "octo-org@9919/"));
                    }
                    case "audience", "audience_pattern" -> {
                        if (Formats.isAudience(plain(entry.text()))) {
                            audiences.add(plain(entry.text()));
                        }
                    }
                    default -> {
                        if (entry.section().equals("subjects")) {
                            subjects.add(entry.text());
                        }
                    }
                }
            }
        }
        var tokens = new ArrayList<Claims>();
        for (String issuer : issuers) {
            for (String subject : subjects) {
                for (Map<String, Object> claims : CLAIMS) {
                    tokens.add(new Claims(issuer, subject, List.copyOf(audiences), new LinkedHashMap<>(claims)));
                }
            }
        }
        return tokens;
    }

    /** A value that a pattern may have been written for. */
    private static String plain(String pattern) {
        return pattern.replaceAll("\\(@\\[0-9\\]\\+\\)\\?", "")
                .replaceAll("\\\\(.)", "$1")
                .replaceAll("\\.\\*|\\*|\\[0-9a-f\\]\\+|\\[0-9\\]\\+", "1")
                .replaceAll("^\\^|\\$$|[()]", "")
                .strip();
    }

    /** Whether the exchange accepts a token under the policy: the formats, then every rule. */
    static Predicate<Claims> accepting(Sample policy) {
        return TrustPolicy.read(policy.file(), policy.kind()) instanceof TrustPolicy.Reading.Valid(var read)
                ? token -> accepts(read, token)
                : token -> false;
    }

    static boolean accepts(TrustPolicy policy, Claims token) {
        return Formats.isIssuer(token.issuer())
                && Formats.fault(token).isEmpty()
                && policy.evaluate(token, DOMAIN) instanceof Permit;
    }
}
