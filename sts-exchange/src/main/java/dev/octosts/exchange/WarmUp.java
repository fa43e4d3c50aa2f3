package dev.octosts.exchange;

import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.policy.Claims;
import dev.octosts.policy.PolicyKind;
import dev.octosts.policy.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/**
 * The part of {@link Priming} that needs no container. It runs in parallel to the container's start, on a thread of its
 * own.
 */
public final class WarmUp {

    private static final int ROUNDS = 3;
    private static final byte[] POLICY = """
            issuer: https://issuer.example
            subject_pattern: repo:octo-org/octo-repo:ref:refs/heads/[a-z]+
            claim_pattern:
              workflow_ref: octo-org/octo-repo/.*
            permissions:
              contents: read
            """.getBytes(StandardCharsets.UTF_8);

    private final CompletableFuture<Void> done;

    private WarmUp(CompletableFuture<Void> done) {
        this.done = done;
    }

    /**
     * Begins to verify a token and to read and evaluate a policy, both its own. Makes no outgoing calls.
     *
     * @param tls the trust settings for calls to issuers
     */
    public static WarmUp begin(SSLContext tls) {
        return new WarmUp(CompletableFuture.runAsync(
                () -> perform(tls), Thread.ofPlatform().daemon().name("warm-up")::start));
    }

    /**
     * Waits until it is over.
     *
     * @throws java.util.concurrent.CompletionException when this machine cannot verify signatures
     */
    void await() {
        done.join();
    }

    private static void perform(SSLContext tls) {
        TokenVerifier.prime(tls);
        for (int round = 0; round < ROUNDS; round++) {
            evaluate();
        }
    }

    private static void evaluate() {
        if (TrustPolicy.read(POLICY, PolicyKind.REPOSITORY) instanceof TrustPolicy.Reading.Valid(var policy)) {
            var claims = new Claims(
                    "https://issuer.example",
                    "repo:octo-org/octo-repo:ref:refs/heads/main",
                    List.of("octo-sts.example"),
                    Map.of("workflow_ref", "octo-org/octo-repo/release.yaml"));
            policy.evaluate(claims, "octo-sts.example");
        }
    }
}
