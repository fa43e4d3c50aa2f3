package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.RemoteKey;
import dev.octosts.github.key.SigningKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Apps that the operator replaces while the program runs. */
class AppPoolsTest {

    private final GitHubFixture gitHub = new GitHubFixture();
    private final RemoteKey key = new RemoteKey(gitHub.app().privateKey());
    private final RemoteKey another =
            new RemoteKey(gitHub.server().app("stranger").privateKey());

    @AfterEach
    void close() {
        gitHub.close();
    }

    private AppPools pools(Map<String, List<AppCredential>> apps) {
        return AppPools.of(apps, gitHub.sandbox().clock());
    }

    private AppCredential app(long id, SigningKey... keys) {
        return new AppCredential(id, List.of(keys));
    }

    private AppCredential app(SigningKey... keys) {
        return app(gitHub.app().id(), keys);
    }

    @Test
    void keep_an_app_whose_keys_are_the_same_with_its_jwt() {
        var pools = pools(Map.of("octo-org", List.of(app(key))));
        var before = pools.first("octo-org").orElseThrow();
        var jwt = before.jwt();

        pools.replace(Map.of("octo-org", List.of(app(7, another), app(key)), "*", List.of(app(8, another))));

        assertThat(pools.of("octo-org").orElseThrow().apps())
                .hasSize(2)
                .element(1)
                .isSameAs(before);
        assertThat(before.jwt()).isEqualTo(jwt);
        assertThat(key.signatures()).isEqualTo(1);
        assertThat(pools.apps()).extracting(GitHubApp::id).containsExactlyInAnyOrder(7L, 8L, before.id());
    }

    @Test
    void keep_the_jwt_of_a_key_that_an_app_had_before_and_use_it_until_github_is_asked() {
        var pools = pools(Map.of("*", List.of(app(key))));
        var jwt = pools.first("octo-org").orElseThrow().jwt();

        pools.replace(Map.of("*", List.of(app(another, key))));

        var after = pools.first("octo-org").orElseThrow();
        assertThat(after.jwt()).isEqualTo(jwt);
        assertThat(gitHub.client().installation(after, gitHub.owner())).isInstanceOf(Success.class);
        assertThat(key.signatures()).isEqualTo(1);
        assertThat(another.attempts()).isZero();
        assertThat(gitHub.client().app(after)).isInstanceOf(AppStatus.Known.class);
    }

    @Test
    void sign_with_another_key_at_once_when_the_one_in_use_is_gone() {
        var pools = pools(Map.of("*", List.of(app(another))));
        var before = pools.first("octo-org").orElseThrow();
        assertThat(gitHub.client().app(before)).isEqualTo(new AppStatus.Rejected());

        pools.replace(Map.of("*", List.of(app(key))));

        var after = pools.first("octo-org").orElseThrow();
        assertThat(gitHub.client().app(after)).isInstanceOf(AppStatus.Known.class);
        assertThat(before.jwt()).as("what is under way ends as it began").isNotEmpty();
    }

    @Test
    void serve_an_owner_no_more_whose_pool_is_gone() {
        var pools = pools(Map.of("octo-org", List.of(app(key)), "other-org", List.of(app(7, another))));

        pools.replace(Map.of("other-org", List.of(app(7, another))));

        assertThat(pools.of("octo-org")).isEmpty();
        assertThat(pools.first("other-org")).isPresent();
    }

    @Test
    void take_the_names_that_apps_have_now() {
        var pools = pools(Map.of("*", List.of(app(key))));
        assertThat(pools.now().haveNames()).isFalse();
        var before = pools.apps().getFirst();

        pools.replace(Map.of("*", List.of(new AppCredential(before.id(), "reader", List.of(key)))));

        assertThat(pools.now().haveNames()).isTrue();
        assertThat(pools.apps().getFirst()).isSameAs(before);
        assertThat(pools.now().name(before)).isEqualTo("reader");
    }

    @Test
    void are_seen_whole_at_any_moment() throws Exception {
        var named = Map.of("*", List.of(new AppCredential(1, "one", List.of(key))));
        var unnamed = Map.of("*", List.of(app(2, another)));
        var pools = pools(named);
        var over = new AtomicBoolean();
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var read = readers.submit(() -> {
                boolean whole = true;
                while (!over.get()) {
                    var now = pools.now();
                    long id = now.apps().getFirst().id();
                    whole &= now.haveNames() == (id == 1)
                            && now.name(now.apps().getFirst()).isEmpty() == (id == 2);
                }
                return whole;
            });
            for (int round = 0; round < 2_000; round++) {
                pools.replace(round % 2 == 0 ? unnamed : named);
            }
            over.set(true);
            assertThat(read.get()).isTrue();
        }
    }
}
