package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest extends GitHubTest {
    private static final String FILE = "/repos/octo-org/octo-repo/contents/README.md";

    @Test
    void is_told_with_every_authenticated_answer() {
        var token = client.token(installation, "");
        installation.rateLimit().limit(12_500).remaining(100);
        var answer = client.get(token, FILE);
        assertThat(Client.header(answer, "X-RateLimit-Limit")).isEqualTo("12500");
        assertThat(Client.header(answer, "X-RateLimit-Remaining")).isEqualTo("99");
        assertThat(Client.header(answer, "X-RateLimit-Used")).isEqualTo("12401");
        assertThat(Client.header(answer, "X-RateLimit-Resource")).isEqualTo("core");
        assertThat(Long.parseLong(Client.header(answer, "X-RateLimit-Reset")))
                .isGreaterThan(sandbox.clock().instant().getEpochSecond());
        var missing = client.get(token, "/repos/octo-org/missing");
        assertThat(Client.header(missing, "X-RateLimit-Remaining")).isEqualTo("98");
    }

    @Test
    void counts_an_apps_own_calls_apart_from_its_installations() {
        int before = app.rateLimit().remaining();
        var token = client.token(installation, "");
        assertThat(app.rateLimit().remaining()).isEqualTo(before - 1);
        int tokens = installation.rateLimit().remaining();
        client.get(token, FILE);
        assertThat(app.rateLimit().remaining()).isEqualTo(before - 1);
        assertThat(installation.rateLimit().remaining()).isEqualTo(tokens - 1);
    }

    @Test
    void refuses_when_nothing_remains_until_it_is_reset() {
        var limited = github.install(app, github.organization("busy-org"));
        github.repository(limited.account(), "octo-repo").put("README.md", "x");
        var token = client.token(limited, "");
        var file = "/repos/busy-org/octo-repo/contents/README.md";
        limited.rateLimit().remaining(1).reset(sandbox.clock().instant().plus(Duration.ofMinutes(5)));
        assertThat(client.get(token, file).statusCode()).isEqualTo(200);
        var refused = client.get(token, file);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Client.header(refused, "X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(Client.message(refused)).startsWith("API rate limit exceeded");
        sandbox.clock().advance(Duration.ofMinutes(6));
        try {
            assertThat(client.get(token, file).statusCode()).isEqualTo(200);
        } finally {
            sandbox.clock().advance(Duration.ofMinutes(-6));
        }
    }

    @Test
    void can_be_told_without_being_enforced() {
        var limited = github.install(app, github.organization("bench-org"));
        var token = client.token(limited, "");
        limited.rateLimit().remaining(0);
        github.enforceRateLimits(false);
        try {
            var answer = client.get(token, "/installation/repositories");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Client.header(answer, "X-RateLimit-Remaining")).isEqualTo("0");
        } finally {
            github.enforceRateLimits(true);
        }
    }
}
