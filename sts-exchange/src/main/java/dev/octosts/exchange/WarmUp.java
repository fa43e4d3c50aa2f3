package dev.octosts.exchange;

import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.issuer.RetryingIssuerDocuments;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.policy.Claims;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exercises everything that the first exchange needs, so that no caller waits for loading classes, keys and
 * connections. It also asks GitHub whether it accepts the Apps: when it rejects all of them the service could grant
 * nothing.
 */
public final class WarmUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);

    private final Early early;
    private final RetryingIssuerDocuments documents;
    private final GitHub gitHub;
    private final AppPools pools;
    private final AppCheck check;

    WarmUp(Early early, RetryingIssuerDocuments documents, GitHub gitHub, AppPools pools) {
        this.early = early;
        this.documents = documents;
        this.gitHub = gitHub;
        this.pools = pools;
        this.check = new AppCheck(gitHub, pools::apps, BETWEEN_CHECKS);
    }

    /**
     * Exercises everything. Returns when it is done, or when GitHub has not answered in time.
     *
     * @param meanwhile other work to do while GitHub answers
     */
    public void prime(Runnable meanwhile) {
        check.begin();
        // An owner's first exchange asks two things at once; one App alone would leave one connection for them.
        List<GitHubApp> apps = pools.apps();
        if (apps.size() == 1) {
            Thread.ofVirtual().name("warm-up").start(() -> gitHub.app(apps.getFirst()));
        }
        meanwhile.run();
        TokenVerifier.exercise(documents);
        early.await();
        try {
            if (!check.await(TIMEOUT)) {
                LOG.warn("GitHub has not answered within {} at the start", TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The ids of all Apps while GitHub rejects the key of every one of them; else empty, also when GitHub is down. */
    public List<Long> rejectedApps() {
        return check.rejected();
    }

    @Override
    public void close() {
        check.close();
    }

    /** The part that needs no container. It runs in parallel to the container's start, on a thread of its own. */
    public static final class Early {

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

        private Early(CompletableFuture<Void> done) {
            this.done = done;
        }

        /**
         * Begins to verify a token and to read and evaluate a policy, both its own. Makes no outgoing calls.
         *
         * @param tls the trust settings for calls to issuers
         */
        public static Early begin(SSLContext tls) {
            return new Early(CompletableFuture.runAsync(
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
}
