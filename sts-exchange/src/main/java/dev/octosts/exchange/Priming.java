package dev.octosts.exchange;

import dev.octosts.exchange.bearer.Bearers;
import dev.octosts.exchange.bearer.IssuerFetcher;
import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.GitHub;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.routing.AppPools;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exercises what the first exchange needs, so that no caller pays for loading classes, keys and connections. It also
 * tells the operator whether GitHub knows the Apps; the service is ready either way, because GitHub may be down.
 */
public final class Priming {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final WarmUp warmUp;
    private final IssuerFetcher fetcher;
    private final GitHub gitHub;
    private final List<GitHubApp> apps;

    Priming(WarmUp warmUp, IssuerFetcher fetcher, GitHub gitHub, AppPools pools) {
        this.warmUp = warmUp;
        this.fetcher = fetcher;
        this.gitHub = gitHub;
        this.apps = pools.apps();
    }

    /**
     * Exercises everything; returns when it is done, or when GitHub lets itself be waited for.
     *
     * @param meanwhile what else is to be done while GitHub answers
     */
    public void prime(Runnable meanwhile) {
        ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
        apps.forEach(app -> calls.execute(() -> greet(app)));
        // An owner's first exchange asks two things at once; one App alone would leave one connection for them.
        if (apps.size() == 1) {
            calls.execute(() -> gitHub.app(apps.getFirst()));
        }
        calls.shutdown();
        meanwhile.run();
        Bearers.exercise(fetcher);
        warmUp.await();
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
}
