package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.RemoteKey;
import dev.octosts.sandbox.Await;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens are minted all the time, 200 a second, while the keys of the App change; every one of them is minted. */
class KeyRotationTrialTest {

    private static final Duration LATER = Duration.ofSeconds(11);
    private static final int MINTS_BETWEEN = 60;

    private final GitHubFixture gitHub = new GitHubFixture();
    private final KeyPair next = newKeys();
    private final RemoteKey key = new RemoteKey(gitHub.app().privateKey());
    private final AtomicInteger minted = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    @AfterEach
    void close() {
        gitHub.close();
    }

    private void mint(Route route) {
        var asked = new TokenRequest(Map.of("contents", "read"), List.of(GitHubFixture.REPOSITORY));
        if (gitHub.client().mint(route, asked) instanceof Success) {
            minted.incrementAndGet();
        } else {
            failed.incrementAndGet();
        }
    }

    /** Mints while the steps are made, with many tokens between two steps. */
    private void during(GitHubApp app, Runnable... steps) {
        var route = new Route(gitHub.owner(), app, gitHub.route().installation());
        try (var callers = new ScheduledThreadPoolExecutor(8)) {
            for (int caller = 0; caller < 8; caller++) {
                var _ = callers.scheduleAtFixedRate(() -> mint(route), 5L * caller, 40, TimeUnit.MILLISECONDS);
            }
            for (Runnable step : steps) {
                goOn();
                step.run();
            }
            goOn();
            callers.shutdownNow();
        }
        assertThat(failed).hasValue(0);
    }

    private void goOn() {
        int before = minted.get() + failed.get();
        Await.until("tokens are minted", () -> minted.get() + failed.get() > before + MINTS_BETWEEN);
    }

    private void later() {
        gitHub.sandbox().clock().advance(LATER);
    }

    private GitHubApp app(RemoteKey... keys) {
        return new GitHubApp(
                new AppCredential(gitHub.app().id(), List.of(keys)),
                gitHub.sandbox().clock());
    }

    @Test
    void no_mint_fails_while_a_key_is_replaced_where_it_is() {
        during(
                app(key),
                () -> gitHub.app().addKey(next.getPublic()),
                () -> key.replace(next.getPrivate()),
                this::later,
                () -> gitHub.app().deleteKey(gitHub.app().publicKey()));
        assertThat(key.signatures()).isEqualTo(2);
    }

    @Test
    void no_mint_fails_while_a_key_is_replaced_by_another_one() {
        var other = new RemoteKey(next.getPrivate());
        var app = app(other, key);
        during(
                app,
                () -> gitHub.app().addKey(next.getPublic()),
                () -> gitHub.client().app(app),
                this::later,
                () -> gitHub.app().deleteKey(gitHub.app().publicKey()));
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("RSA is part of every JDK", impossible);
        }
    }
}
