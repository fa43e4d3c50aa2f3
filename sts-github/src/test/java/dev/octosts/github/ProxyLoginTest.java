package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.TunnelProxy;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** GitHub behind a proxy that wants to know its users. */
@Timeout(60)
class ProxyLoginTest {

    private final GitHubFixture gitHub = new GitHubFixture();
    private final TunnelProxy proxy = new TunnelProxy("user", "se:cret");

    @AfterEach
    void close() {
        proxy.close();
        gitHub.close();
    }

    @Test
    void is_reached_with_the_user_and_the_password_of_the_environment() {
        assertThat(installation("se:cret")).isInstanceOf(GitHubResult.Success.class);
        assertThat(proxy.authorizations()).contains(TunnelProxy.basic("user", "se:cret"));
    }

    @Test
    void is_not_reached_with_a_wrong_password() {
        assertThat(installation("wrong")).isEqualTo(new GitHubResult.Failure<>(GitHubResult.Reason.UNAVAILABLE));
    }

    private GitHubResult<Installation> installation(String password) {
        try (var client = new GitHub(
                gitHub.server().baseUri(),
                new Egress(gitHub.sandbox().authority().clientContext(), Optional.of(proxy.selector("user", password))),
                GitHub.Time.ofThisMachine(),
                call -> {})) {
            return client.installation(gitHub.caller(), gitHub.owner());
        }
    }
}
