package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.NONE;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths are policies, and what at such a path is no file. */
@Timeout(300)
class ReviewedPathsTest {

    private static final String FAULTY = "issuer: https://issuer.example\n";

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/chainguard/.sts.yaml",
                ".github/chainguard/a.sts.yml",
                ".github/chainguard/a.sts.yaml.bak",
                ".github/chainguard/a.yaml",
                ".github/chainguard/sub/a.sts.yaml",
                ".github/Chainguard/a.sts.yaml",
                "x/.github/chainguard/a.sts.yaml",
                ".github/chainguard/../a.sts.yaml",
                ".github/chainguard/trusted-token-issuers.yaml"
            })
    void does_not_review_what_only_looks_like_a_policy(String path) {
        webhook.repository().at(HEAD).put("README.md", "");

        webhook.deliver("push", webhook.push("refs/heads/topic", path, "", ""));

        assertThat(webhook.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "what?", "x#y", "50%", "ünï", "a&b=c", "a+b"})
    void reads_every_name(String name) {
        webhook.put(name, FAULTY);

        webhook.deliver("push", webhook.push("refs/heads/topic", path(name), "", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains(path(name) + ": ").doesNotContain("no such file");
    }

    @Test
    void fails_files_that_the_head_does_not_have_and_what_is_no_file() {
        webhook.repository().at(HEAD).put(path("folder") + "/file", "");

        webhook.deliver("push", webhook.push("refs/heads/topic", path("gone"), path("folder"), ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains(path("folder") + ": not a file", path("gone") + ": no such file at this commit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../real.yaml",
                "nowhere",
                "issuer: https://issuer.example\nsubject: me\npermissions: {contents: read}"
            })
    void follows_no_symbolic_link_wherever_it_points(String target) {
        webhook.repository().at(HEAD).put("real.yaml", policy("contents: read")).putSymlink(path("link"), target);

        webhook.deliver("push", webhook.push("refs/heads/topic", path("link"), "", ""));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains(path("link") + ": not a file but a symbolic link, and the service follows none");
    }

    @Test
    void finds_symbolic_links_in_the_folder_too() {
        webhook.put("real", policy("contents: read"));
        webhook.repository().at(HEAD).putSymlink(path("link"), "real.sts.yaml");

        webhook.deliver(
                "check_suite",
                webhook.suite("requested", "").replace(BEFORE, NONE).replace("\"topic\"", "\"main\""));

        assertThat(webhook.checkRun().summary())
                .contains("1 of 2 files do not pass.")
                .contains(path("link") + ": not a file but a symbolic link");
    }
}
