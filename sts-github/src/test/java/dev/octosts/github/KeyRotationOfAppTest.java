package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.github.fixture.RemoteKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An App with two keys, one of which GitHub does not know yet, or no more. */
class KeyRotationOfAppTest {

    private final GitHubFixture gitHub = new GitHubFixture();
    private final RemoteKey known = new RemoteKey(gitHub.app().privateKey());
    private final RemoteKey unknown =
            new RemoteKey(gitHub.server().app("stranger").privateKey());

    @AfterEach
    void close() {
        gitHub.close();
    }

    private GitHubApp app(RemoteKey... keys) {
        return new GitHubApp(
                new AppCredential(gitHub.app().id(), List.of(keys)),
                gitHub.sandbox().clock());
    }

    private Route route(GitHubApp app) {
        return new Route(gitHub.owner(), app, gitHub.route().installation());
    }

    private static TokenRequest asked() {
        return new TokenRequest(Map.of("contents", "read"), List.of(GitHubFixture.REPOSITORY));
    }

    @Test
    void is_known_by_the_first_key_that_github_accepts() {
        assertThat(gitHub.client().app(app(unknown, known)))
                .isEqualTo(new AppStatus.Known(gitHub.app().slug()));
        assertThat(gitHub.client().app(app(unknown, unknown))).isEqualTo(new AppStatus.Rejected());
    }

    @Test
    void mints_with_the_present_key_until_github_knows_the_next_one() {
        var app = app(unknown, known);
        var route = route(app);
        try (var log = LogCapture.open()) {
            assertThat(gitHub.client().mint(route, asked())).isInstanceOf(Success.class);
            gitHub.log().clear();
            for (int call = 0; call < 10; call++) {
                assertThat(gitHub.client().mint(route, asked())).isInstanceOf(Success.class);
            }
            assertThat(gitHub.calls()).as("no call is made twice any more").hasSize(10);
            assertThat(log.text()).containsOnlyOnce("App " + app.id() + " uses test key vault-7 from now on");
        }
    }

    @Test
    void mints_with_the_next_key_as_soon_as_github_knows_it() {
        var app = app(known, unknown);
        var route = route(app);

        assertThat(gitHub.client().mint(route, asked())).isInstanceOf(Success.class);
        assertThat(unknown.attempts()).isZero();
    }

    @Test
    void goes_back_to_the_first_key_when_the_check_of_the_app_finds_it_accepted() {
        var app = app(known, unknown);
        gitHub.client().app(app);

        assertThat(gitHub.client().installation(app, gitHub.owner())).isInstanceOf(Success.class);
        assertThat(unknown.attempts()).isZero();
    }

    @Test
    void signs_anew_when_github_no_longer_accepts_the_key_that_was_replaced_where_it_is() {
        var app = app(unknown);
        var route = route(app);
        assertThat(gitHub.client().mint(route, asked())).isEqualTo(new Failure<>(Reason.UNAUTHORIZED));
        unknown.replace(gitHub.app().privateKey());
        gitHub.log().clear();

        assertThat(gitHub.client().mint(route, asked()))
                .as("a signature of a moment ago is not made again for each call")
                .isEqualTo(new Failure<>(Reason.UNAUTHORIZED));
        assertThat(gitHub.calls()).hasSize(1);
        gitHub.sandbox().clock().advance(Duration.ofSeconds(11));

        assertThat(gitHub.client().mint(route, asked())).isInstanceOf(Success.class);
        assertThat(gitHub.client().app(app)).isInstanceOf(AppStatus.Known.class);
    }

    @Test
    void tries_each_key_once_when_github_accepts_none() {
        var app = app(unknown, new RemoteKey(gitHub.server().app("other").privateKey()));
        var route = route(app);
        gitHub.log().clear();

        assertThat(gitHub.client().mint(route, asked())).isEqualTo(new Failure<>(Reason.UNAUTHORIZED));
        assertThat(gitHub.calls()).hasSize(2);
    }
}
