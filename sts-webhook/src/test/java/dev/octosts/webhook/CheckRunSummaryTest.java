package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.CheckRun;
import dev.octosts.sandbox.github.Level;
import dev.octosts.sandbox.github.Permissions;
import dev.octosts.sandbox.github.PullRequest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reviewer reads. */
@Timeout(300)
class CheckRunSummaryTest {

    private static final String ISSUERS = ".github/chainguard/trusted-token-issuers.yaml";

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    private CheckRun pushed(String name, String text) {
        webhook.put(name, text);
        webhook.deliver("push", webhook.push("refs/heads/topic", path(name), "", ""));
        return webhook.checkRun();
    }

    private CheckRun changed(String before, String now) {
        webhook.repository().at(BEFORE).put(path("a"), before);
        webhook.put("a", now);
        webhook.deliver("push", webhook.push("refs/heads/topic", "", path("a"), ""));
        return webhook.checkRun();
    }

    @Test
    void says_who_may_do_what_where() {
        var run = pushed("a", policy("contents: read"));

        assertThat(run.summary())
                .contains("#### `" + path("a") + "` is new")
                .contains("Tokens of the issuer `https://token.actions.githubusercontent.com`")
                .contains("**may** `contents: read` **in** this repository.");
    }

    @Test
    void marks_what_is_wider_than_before() {
        var run = changed(
                policy("contents: read"),
                policy("contents: write\n  issues: read").replace("heads/main", "heads/.*"));

        assertThat(run.summary())
                .contains("#### ⚠️ `" + path("a") + "` is changed")
                .contains("⚠️ **wider**: permission was `contents: read`, is `contents: write`")
                .contains("⚠️ **wider**: new permission `issues: read`")
                .contains("(it may match more)");
    }

    @Test
    void says_what_is_narrower_and_what_means_the_same() {
        var run = changed(policy("contents: write"), policy("contents: read"));
        assertThat(run.summary())
                .contains("- narrower: permission was `contents: write`, is `contents: read`")
                .doesNotContain("⚠️ **wider**");

        try (var other = new WebhookFixture()) {
            other.repository().at(BEFORE).put(path("a"), policy("contents: read"));
            other.put("a", "# a comment\n" + policy("contents: read"));
            other.deliver("push", other.push("refs/heads/topic", "", path("a"), ""));
            assertThat(other.checkRun().summary()).contains("is changed, and means the same");
        }
    }

    @Test
    void tells_before_github_does_what_the_installation_may_not() {
        webhook.installation()
                .grant(Permissions.none().and("contents", Level.READ).and("checks", Level.WRITE));

        var run = pushed("a", policy("issues: write"));

        assertThat(run.conclusion()).isEqualTo("success");
        assertThat(run.summary())
                .contains("GitHub will refuse tokens of this policy: the App is not installed with `issues: write`");
    }

    @Test
    void tells_which_policies_a_list_of_issuers_would_refuse() {
        webhook.policyRepository()
                .at(HEAD)
                .put(path("ci"), policy("contents: read") + "repositories: [octo-repo]\n")
                .put(ISSUERS, "issuers: [\"https://issuer.example\"]\n");
        webhook.deliver(
                "push", webhook.push("refs/heads/topic", ISSUERS, "", "").replace("\"octo-repo\"", "\".github\""));

        assertThat(webhook.policyRepository().checkRuns().getFirst().summary())
                .contains("it refuses the issuers of 1 policies in this repository (`" + path("ci") + "`)");
    }

    @Test
    void shows_what_strangers_write_as_text_alone() {
        var evil = "![x](https://evil.example/a.png)<img src=x>`` @octocat\\u202e";
        var run = pushed(
                "a",
                "issuer: https://issuer.example\nsubject_pattern: \"" + evil + "\"\npermissions:\n  contents: read\n");

        assertThat(run.summary()).contains("\\u{202e}").doesNotContain("\u202e");
        // Whatever is between fences of three backticks, or of more than the text has, does nothing.
        assertThat(withoutCode(run.summary())).doesNotContain("evil.example", "<img", "@octocat");
    }

    @Test
    void writes_control_characters_of_file_names_out() {
        var name = "a\\n### owned\\u001b[31m`";
        var json = webhook.push("refs/heads/topic", ".github/chainguard/" + name + ".sts.yaml", "", "");

        webhook.deliver("push", json);

        assertThat(webhook.checkRun().summary())
                .contains("a\\u{a}### owned\\u{1b}[31m`.sts.yaml: no such file")
                .doesNotContain("\n### owned", "\u001b");
    }

    @Test
    void is_cut_at_githubs_limit_without_breaking() {
        IntStream.range(0, 150)
                .forEach(i -> webhook.put(
                        "p" + i, policy("contents: read").replace(":ref:", ":" + "x".repeat(1_000) + ":ref:")));
        webhook.repository()
                .addPullRequest(
                        42,
                        PullRequest.of(
                                HEAD,
                                BEFORE,
                                IntStream.range(0, 150)
                                        .mapToObj(i -> ChangedFile.added(path("p" + i)))
                                        .toList()));

        webhook.deliver("pull_request", webhook.pullRequest("opened", 42));

        assertThat(webhook.checkRun().summary())
                .hasSizeLessThanOrEqualTo(65_535)
                .endsWith("more files.\n")
                .startsWith("All 150 files are valid.");
        assertThat(webhook.checkRun().summary().chars().filter(c -> c == '`').count() % 2)
                .isZero();
    }

    private static String withoutCode(String markdown) {
        return markdown.replaceAll("(?s)(`{3,}).*?\\1", "").replaceAll("(`+)(?!`).*?(?<!`)\\1(?!`)", "");
    }
}
