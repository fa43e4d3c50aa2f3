package dev.octosts.exchange;

import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.issuer.RetryingIssuerDocuments;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exercises everything that the first exchange needs, so that no caller waits for loading classes, keys and
 * connections. It also asks GitHub whether it accepts the Apps: when it rejects all of them the service could grant
 * nothing.
 */
public final class Priming implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);

    private final WarmUp warmUp;
    private final RetryingIssuerDocuments fetcher;
    private final GitHub gitHub;
    private final List<GitHubApp> apps;
    private final AppCheck check;

    Priming(WarmUp warmUp, RetryingIssuerDocuments fetcher, GitHub gitHub, AppPools pools) {
        this.warmUp = warmUp;
        this.fetcher = fetcher;
        this.gitHub = gitHub;
        this.apps = pools.apps();
        this.check = new AppCheck(gitHub, apps, BETWEEN_CHECKS);
    }

    /**
     * Exercises everything. Returns when it is done, or when GitHub has not answered in time.
     *
     * @param meanwhile other work to do while GitHub answers
     */
    public void prime(Runnable meanwhile) {
        check.begin();
        // An owner's first exchange asks two things at once; one App alone would leave one connection for them.
        if (apps.size() == 1) {
            Thread.ofVirtual().name("priming").start(() -> gitHub.app(apps.getFirst()));
        }
        meanwhile.run();
        TokenVerifier.exercise(fetcher);
        warmUp.await();
        try {
            if (!check.await(PATIENCE)) {
                LOG.warn("GitHub has not answered within {} at the start", PATIENCE);
            }
        } catch (InterruptedException hurried) {
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
}
