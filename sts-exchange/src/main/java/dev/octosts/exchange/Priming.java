package dev.octosts.exchange;

import dev.octosts.exchange.bearer.Bearers;
import dev.octosts.exchange.bearer.IssuerFetcher;
import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.GitHub;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.routing.AppPools;
import dev.octosts.policy.Claims;
import dev.octosts.policy.PolicyKind;
import dev.octosts.policy.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exercises what the first exchange needs, so that no caller pays for loading classes, keys and connections. It also
 * tells the operator whether GitHub knows the Apps; the service is ready either way, because GitHub may be down.
 */
public final class Priming {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ROUNDS = 20;
    private static final byte[] POLICY = """
            issuer: https://issuer.example
            subject_pattern: repo:octo-org/octo-repo:ref:refs/heads/[a-z]+
            claim_pattern:
              workflow_ref: octo-org/octo-repo/.*
            permissions:
              contents: read
            """.getBytes(StandardCharsets.UTF_8);

    private final SSLContext tls;
    private final IssuerFetcher fetcher;
    private final GitHub gitHub;
    private final List<GitHubApp> apps;

    Priming(SSLContext tls, IssuerFetcher fetcher, GitHub gitHub, AppPools pools) {
        this.tls = tls;
        this.fetcher = fetcher;
        this.gitHub = gitHub;
        this.apps = pools.apps();
    }

    /** Exercises everything; returns when it is done, or when GitHub lets itself be waited for. */
    public void prime() {
        ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
        apps.forEach(app -> calls.execute(() -> greet(app)));
        calls.shutdown();
        Bearers.prime(tls, fetcher);
        for (int round = 0; round < ROUNDS; round++) {
            evaluate();
        }
        try {
            if (!calls.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("GitHub has not answered within {} at the start", PATIENCE);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void greet(GitHubApp app) {
        switch (gitHub.app(app)) {
            case Answer.Success<String>(var slug) -> LOG.info("GitHub knows App {} as {}", app.id(), slug);
            case Answer.Failure<String>(var reason) ->
                LOG.warn(
                        "GitHub does not confirm App {} ({}): check the App's id, its private key, this machine's clock"
                                + " and the way to GitHub",
                        app.id(),
                        reason);
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
