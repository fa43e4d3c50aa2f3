package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.github.fixture.RemoteKey;
import dev.octosts.github.key.SigningException.SigningFault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls as an App whose key is in a key service. */
class UnsignedCallsTest {

    private final GitHubFixture gitHub = new GitHubFixture();
    private final RemoteKey key = new RemoteKey(gitHub.app().privateKey());
    private final GitHubApp app =
            new GitHubApp(gitHub.app().id(), key, gitHub.sandbox().clock());

    @AfterEach
    void close() {
        gitHub.close();
    }

    @Test
    void github_accepts_what_the_service_has_signed() {
        assertThat(gitHub.client().app(app))
                .isEqualTo(new AppStatus.Known(gitHub.app().slug()));
    }

    @Test
    void fail_as_values_and_without_a_call_when_the_key_does_not_sign() {
        key.fail(SigningFault.DISABLED, "DisabledException");
        var route = new Route(
                gitHub.owner(),
                app,
                new Installation(gitHub.installation().id(), gitHub.owner(), 1, "octo-sts", false));
        var asked = new TokenRequest(Map.of("contents", "read"), List.of(GitHubFixture.REPOSITORY));
        try (var log = LogCapture.open()) {
            assertThat(gitHub.client().app(app))
                    .isEqualTo(new AppStatus.Unreachable(AppStatus.UnreachableCause.UNSIGNED));
            assertThat(gitHub.client().installation(app, gitHub.owner())).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
            assertThat(gitHub.client().mint(route, asked)).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
            assertThat(gitHub.client().deliveries().list(app, "")).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
            assertThat(gitHub.client().deliveries().redeliver(app, 1)).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
            assertThat(gitHub.client().administration().introduce(app).app())
                    .isEqualTo(new Failure<>(Reason.UNAVAILABLE));
            assertThat(gitHub.client().reviews().permissions(app, gitHub.owner(), 1))
                    .isEqualTo(new Failure<>(Reason.UNAVAILABLE));
            assertThat(log.text())
                    .contains("GitHub is not asked: App " + app.id()
                            + " cannot sign with test key vault-7: it is disabled"
                            + " or being deleted (DisabledException)");
        }
        assertThat(gitHub.calls()).isEmpty();
    }
}
