package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.DeliveryResult;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.webhook.payload.Payloads;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the caches learn from deliveries. */
@Timeout(300)
class ChangeEventsTest {

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    @Test
    void tells_the_caches_before_it_answers() {
        webhook.put("a", policy("contents: read"));
        webhook.deliver("push", webhook.push("refs/heads/main", path("a"), path("b"), path("c")));

        assertThat(webhook.repositoriesChanged)
                .containsExactly(
                        new RepositoryChanged(webhook.owner(), "octo-repo", Set.of(path("a"), path("b"), path("c"))));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"forced\": true, ', refs/heads/main, " + HEAD,
        "'', refs/heads/main, 0000000000000000000000000000000000000000"
    })
    void makes_the_caches_forget_a_whole_repository_when_the_payload_does_not_say_more(
            String flag, String ref, String after) {
        var push = """
                {%s"ref": "%s", "before": "%s", "after": "%s", "commits": [], %s}
                """.formatted(flag, ref, WebhookFixture.BEFORE, after, webhook.base("octo-repo"));

        webhook.deliver("push", push);

        assertThat(webhook.repositoriesChanged).containsExactly(RepositoryChanged.whole(webhook.owner(), "octo-repo"));
    }

    @Test
    void leaves_the_caches_alone_for_other_branches() {
        webhook.put("a", policy("contents: read"));

        webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", ""));

        assertThat(webhook.repositoriesChanged).isEmpty();
    }

    @Test
    void tells_the_caches_what_installations_and_repositories_tell() {
        assertThat(webhook.deliver("installation", Payloads.text("installation-deleted")))
                .isInstanceOf(DeliveryResult.Accepted.class);
        webhook.deliver("repository", Payloads.text("repository-transferred"));

        assertThat(webhook.installationsChanged).containsExactly(new InstallationChanged("octocat"));
        assertThat(webhook.repositoriesChanged)
                .containsExactlyInAnyOrder(
                        RepositoryChanged.whole("octocoders", "hello-world"),
                        RepositoryChanged.whole("octocat", "hello-world"));
        assertThat(webhook.calls()).isEmpty();
    }
}
