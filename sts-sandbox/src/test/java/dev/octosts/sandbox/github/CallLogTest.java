package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLogTest extends GitHubTest {

    @ParameterizedTest
    @CsvSource({
        "/app, APP",
        "/app/installations, LIST_INSTALLATIONS",
        "/app/installations/7, GET_INSTALLATION",
        "/app/installations/7/access_tokens, MINT",
        "/users/octo-org/installation, FIND_INSTALLATION",
        "/repos/o/r/installation, FIND_INSTALLATION",
        "/installation/token, REVOKE",
        "/rate_limit, RATE_LIMIT",
        "/installation/repositories, LIST_REPOSITORIES",
        "/repos/o/r, REPOSITORY",
        "/api/v3/repos/o/r, REPOSITORY",
        "/repos/o/r/contents/a/b, CONTENT",
        "/repos/o/r/branches/a/b, BRANCH",
        "/repos/o/r/commits/main, COMMIT",
        "/repos/o/r/compare/a...b, COMPARE",
        "/repos/o/r/pulls, PULLS",
        "/repos/o/r/pulls/1/files, PULL_FILES",
        "/repos/o/r/issues, ISSUES",
        "/repos/o/r/check-runs, CHECK_RUN",
        "/repos/o/r/check-runs/9, CHECK_RUN",
        "/zen, OTHER",
        "/, OTHER",
        "/repos/o, OTHER",
        "/repositories, OTHER",
        "/repositories/1/contents/x, OTHER",
    })
    void knows_the_kind_of(String path, CallKind kind) {
        client.get("", path);
        assertThat(github.calls().all()).extracting(Call::kind).containsExactly(kind);
        assertThat(github.calls().count(kind)).isEqualTo(1);
    }

    @Test
    void waits_for_calls_that_are_yet_to_come() {
        var waiting = CompletableFuture.supplyAsync(
                () -> github.calls().await(Calls.kind(CallKind.APP).and(Calls.status(200)), 2, Duration.ofSeconds(10)));
        client.get(client.jwt(app), "/app");
        client.get("", "/app");
        client.get(client.jwt(app), "/app");
        assertThat(waiting.join()).hasSize(2);
    }

    @Test
    void says_what_there_was_when_nothing_comes() {
        client.get("", "/zen");
        assertThatThrownBy(() -> github.calls().await(Calls.kind(CallKind.MINT), Duration.ofMillis(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /zen");
    }

    @Test
    void counts_also_what_it_no_longer_remembers() {
        long before = github.calls().received().getOrDefault(CallKind.OTHER, 0L);
        client.get("", "/zen");
        github.calls().clear();
        client.get("", "/zen");
        assertThat(github.calls().received()).containsEntry(CallKind.OTHER, before + 2);
        assertThat(github.calls().count(CallKind.OTHER)).isEqualTo(1);
    }
}
