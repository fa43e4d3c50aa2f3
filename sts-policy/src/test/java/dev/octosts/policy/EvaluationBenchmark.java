package dev.octosts.policy;

import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a policy costs: once when it is read, then with every exchange. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvaluationBenchmark {
    private static final String FILE = """
            issuer: https://token.actions.githubusercontent.com
            subject_pattern: repo:octo-org/octo-repo:ref:refs/tags/v[0-9.]+
            claim_pattern:
              job_workflow_ref: octo-org/octo-repo/\\.github/workflows/(release|publish)\\.yaml@.*
              event_name: push|workflow_dispatch
            permissions:
              contents: write
              pull_requests: write
            """;

    private final byte[] file = FILE.getBytes(StandardCharsets.UTF_8);
    private final TrustPolicy policy = Policies.valid(FILE);
    private final Claims accepted = token("refs/tags/v1.2.3");
    private final Claims refused = token("refs/heads/main");

    public EvaluationBenchmark() {}

    @Benchmark
    public Decision permit() {
        return policy.evaluate(accepted, Policies.DOMAIN);
    }

    @Benchmark
    public Decision deny() {
        return policy.evaluate(refused, Policies.DOMAIN);
    }

    @Benchmark
    public TrustPolicy.Reading read() {
        return TrustPolicy.read(file, PolicyKind.REPOSITORY);
    }

    private static Claims token(String ref) {
        String issuer = "https://token.actions.githubusercontent.com";
        String subject = "repo:octo-org/octo-repo:ref:" + ref;
        String workflow = "octo-org/octo-repo/.github/workflows/release.yaml@" + ref;
        return new Claims(
                issuer,
                subject,
                List.of(Policies.DOMAIN),
                Map.of("iss", issuer, "sub", subject, "job_workflow_ref", workflow, "event_name", "push"));
    }
}
