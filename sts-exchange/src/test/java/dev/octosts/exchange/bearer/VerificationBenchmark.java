package dev.octosts.exchange.bearer;

import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.jose.CompactToken;
import dev.octosts.exchange.jose.JwsAlgorithm;
import dev.octosts.exchange.jose.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a warm verification costs compared with the bare signature check, and with making an RS256 signature. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerificationBenchmark {
    private final TestIssuer issuer = new TestIssuer();
    private final TokenVerifier verifier = TestVerifiers.of(
            PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), issuer, IssuerEvents.none(), Clock.systemUTC());
    private final String token = issuer.token(VerificationBenchmark::likeActions);
    private final byte[] input = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    private final byte[] signature = issuer.key().sign(token.substring(0, token.lastIndexOf('.')));

    /** Called by the harness. */
    public VerificationBenchmark() {
        // As after the first exchange of an installed owner.
        verifier.proven(issuer.url());
    }

    private static void likeActions(Map<String, @Nullable Object> claims) {
        Map<String, String> more = new LinkedHashMap<>();
        for (String name : new String[] {
            "ref",
            "sha",
            "repository",
            "repository_owner",
            "repository_owner_id",
            "run_id",
            "run_number",
            "run_attempt",
            "repository_visibility",
            "repository_id",
            "actor_id",
            "actor",
            "workflow",
            "head_ref",
            "base_ref",
            "event_name",
            "ref_protected",
            "ref_type",
            "workflow_ref",
            "workflow_sha",
            "job_workflow_ref",
            "job_workflow_sha",
            "runner_environment",
            "enterprise"
        }) {
            more.put(name, "octo-org/octo-repo/.github/" + name);
        }
        claims.putAll(more);
        claims.put("exp", Instant.now().plusSeconds(86_400).getEpochSecond());
    }

    /** The whole verification with keys at hand. */
    @Benchmark
    public Verification verification() {
        return verifier.verify(token);
    }

    /** What no verifier can do without. */
    @Benchmark
    public boolean signatureCheckAlone() {
        return JwsAlgorithm.RS256.verifies(issuer.key().pair().getPublic(), input, signature);
    }

    /** Reading the claims. */
    @Benchmark
    public CompactToken claimsAlone() throws MalformedException {
        return CompactToken.parse(token);
    }

    /** The unit in which the service's cost is measured. */
    @Benchmark
    public byte[] makingASignature() {
        return issuer.key().sign("SHA256withRSA", "x");
    }
}
