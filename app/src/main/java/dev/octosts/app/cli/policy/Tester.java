package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.policy.report.FoundFile;
import dev.octosts.app.cli.policy.report.TestResults;
import dev.octosts.policy.PolicyKind;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.policy.test.PolicyTests;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Runs test files, each with the policy next to it. */
final class Tester {

    private final RepositoryResolver homes;
    private final Optional<String> domain;

    /** @param domain of the service, for test files that name none */
    Tester(RepositoryResolver homes, Optional<String> domain) {
        this.homes = homes;
        this.domain = domain;
    }

    TestResults test(FoundFile file) {
        if (file.fault().isPresent()) {
            return TestResults.failed(file.shown(), file.fault().get().message());
        }
        if (!file.name().endsWith(PolicyTests.SUFFIX)) {
            return TestResults.failed(file.shown(), "the name of a test file ends with " + PolicyTests.SUFFIX);
        }
        try {
            return switch (PolicyTests.read(FileBytes.read(file.path()))) {
                case PolicyTests.Reading.Valid(var tests) -> run(file, tests);
                case PolicyTests.Reading.Invalid(var faults) -> {
                    var first = faults.getFirst();
                    yield TestResults.failed(
                            file.shown(), "%d:%d %s".formatted(first.line(), first.column(), first.message()));
                }
            };
        } catch (IOException failed) {
            return TestResults.failed(file.shown(), FileDiagnostics.reason(failed));
        }
    }

    private TestResults run(FoundFile file, PolicyTests tests) throws IOException {
        var stem = file.name().substring(0, file.name().length() - PolicyTests.SUFFIX.length());
        var path = file.path().resolveSibling(stem + PolicyPaths.SUFFIX);
        if (!Files.isRegularFile(path)) {
            return TestResults.failed(file.shown(), "there is no policy " + stem + PolicyPaths.SUFFIX + " beside it");
        }
        byte[] policy = FileBytes.read(path);
        var context = homes.context(path);
        if (asksForDomain(policy, context) && tests.domain().or(() -> domain).isEmpty()) {
            return TestResults.failed(
                    file.shown(),
                    "the policy names no audience, so tokens must be meant for the service itself: write its domain"
                            + " into this file, as domain: sts.example.com, or give --domain");
        }
        return new TestResults(file.shown(), tests.run(policy, context, domain.orElse("")));
    }

    private static boolean asksForDomain(byte[] policy, FileContext context) {
        var kind = context.kind() == FileKind.ORGANIZATION ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;
        return TrustPolicy.read(policy, kind) instanceof TrustPolicy.Reading.Valid(var read)
                && read.document().audience() == null
                && read.document().audiencePattern() == null;
    }
}
