package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static dev.octosts.webhook.WebhookFixture.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.api.PolicyEvent;
import dev.octosts.api.PolicyEvent.Action;
import dev.octosts.api.PolicyEvent.Detection;
import dev.octosts.api.PolicyEvent.Method;
import dev.octosts.api.PolicyEvent.PolicyChange;
import dev.octosts.api.PolicyEvent.PushPosition;
import dev.octosts.api.PolicyEvent.Verdict;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.Faults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The record of policies that come into force, or go out of it. */
@Timeout(300)
class PolicyChangesTest {

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    private static Map<String, Object> granting(String name, String level) {
        return Map.of("permissions", Map.of(name, level));
    }

    private PolicyChange change() {
        assertThat(webhook.changes()).hasSize(1);
        return webhook.changes().getFirst();
    }

    private void push(String added, String modified, String removed) {
        webhook.deliver("push", webhook.push("refs/heads/main", added, modified, removed));
    }

    @Test
    void tells_of_a_push_by_whom_and_what_became_of_its_policies() {
        webhook.put("a", policy("contents: read"));

        push(path("a"), "", "");

        assertThat(webhook.audited).singleElement().satisfies(event -> {
            assertThat(event.push())
                    .isEqualTo(new PolicyEvent.Push(
                            webhook.owner(),
                            "octo-repo",
                            "refs/heads/main",
                            HEAD,
                            BEFORE,
                            webhook.installation().id(),
                            new PolicyEvent.Pusher("alice", 42, "Alice A"),
                            false));
            assertThat(event.change()).hasValueSatisfying(change -> {
                assertThat(change.path()).isEqualTo(path("a"));
                assertThat(change.policy()).isEqualTo("a");
                assertThat(change.action()).isEqualTo(Action.CREATED);
                assertThat(change.scope()).isEqualTo(webhook.owner() + "/octo-repo");
                assertThat(change.identity()).isEqualTo("a");
                assertThat(change.before()).isNull();
                assertThat(change.now()).containsAllEntriesOf(granting("contents", "read"));
            });
            assertThat(event.detection()).isEqualTo(Detection.by(Method.COMMITS));
            assertThat(event.position()).isEqualTo(new PushPosition(0, 1));
            assertThat(event.verdict()).isEqualTo(Verdict.VALID);
            assertThat(event.pushError()).isEmpty();
            assertThat(event.time()).isNotNull();
        });
    }

    @Test
    void tells_the_grant_as_it_was_and_as_it_is() {
        webhook.repository().at(BEFORE).put(path("a"), policy("contents: read"));
        webhook.put("a", policy("contents: write"));

        push("", path("a"), "");

        assertThat(change().action()).isEqualTo(Action.UPDATED);
        assertThat(change().before()).containsAllEntriesOf(granting("contents", "read"));
        assertThat(change().now()).containsAllEntriesOf(granting("contents", "write"));
    }

    @Test
    void tells_what_was_removed_although_there_is_nothing_to_review() {
        webhook.repository().at(BEFORE).put(path("a"), policy("contents: read"));
        webhook.repository().at(HEAD).put("README.md", "");

        push("", "", path("a"));

        assertThat(change().action()).isEqualTo(Action.DELETED);
        assertThat(change().before()).containsAllEntriesOf(granting("contents", "read"));
        assertThat(change().now()).isNull();
        assertThat(webhook.audited.getFirst().verdict()).as("nothing was read").isEqualTo(Verdict.UNKNOWN);
        assertThat(webhook.repository().checkRuns()).isEmpty();
    }

    @Test
    void tells_of_policies_in_sub_folders_and_of_those_that_cannot_be_used() {
        webhook.put("team/ci", policy("contents: read")).put("broken", "foo: 1\n");

        push(path("team/ci"), path("broken"), "");

        assertThat(webhook.changes())
                .as("in the order of the files")
                .extracting(PolicyChange::policy, PolicyChange::action)
                .containsExactly(tuple("broken", Action.UPDATED), tuple("team/ci", Action.CREATED));
        assertThat(webhook.audited)
                .extracting(PolicyEvent::position)
                .containsExactly(new PushPosition(0, 2), new PushPosition(1, 2));
        PolicyEvent broken = webhook.recorded("broken");
        assertThat(broken.change().orElseThrow().now()).isNull();
        assertThat(broken.verdict().valid()).isFalse();
        assertThat(broken.verdict().error()).startsWith(path("broken") + ": ").contains("foo");
        assertThat(webhook.recorded("team/ci").verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void says_of_what_is_no_file_that_it_cannot_be_used() {
        webhook.repository().at(HEAD).put(path("a") + "/b", "c");

        push("", path("a"), "");

        assertThat(webhook.recorded("a").verdict()).isEqualTo(new Verdict(false, path("a") + ": not a file"));
    }

    @Test
    void names_the_organization_as_the_scope_of_its_files() {
        webhook.policyRepository()
                .at(HEAD)
                .put(path("org"), policy("contents: read"))
                .put(".github/chainguard/trusted-token-issuers.yaml", "issuers: [https://a.example]\n")
                .put(".github/chainguard/guardrails.yaml", "nonsense: 1\n");
        webhook.deliver(
                "push",
                webhook.push("refs/heads/main", path("org"), ".github/chainguard/trusted-token-issuers.yaml", "")
                        .replace("\"octo-repo\"", "\".github\"")
                        .replace("\"added\": [", "\"added\": [\".github/chainguard/guardrails.yaml\", "));

        assertThat(webhook.changes())
                .extracting(PolicyChange::scope, PolicyChange::identity, PolicyChange::policy)
                .containsExactly(
                        tuple(webhook.owner(), "guardrails.yaml", ".guardrails"),
                        tuple(webhook.owner(), "org", "org"),
                        tuple(webhook.owner(), "trusted-token-issuers.yaml", ".trusted-token-issuers"));
        assertThat(webhook.audited).extracting(event -> event.verdict().valid()).containsExactly(false, true, true);
    }

    @Test
    void is_silent_about_other_branches_and_other_files() {
        webhook.put("a", policy("contents: read"));

        webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", ""));
        webhook.deliver("push", webhook.push("refs/heads/main", "README.md", "", ""));

        assertThat(webhook.audited).isEmpty();
    }

    @Test
    void tells_once_however_often_it_is_delivered() {
        webhook.put("a", policy("contents: read"));

        push(path("a"), "", "");
        push(path("a"), "", "");

        assertThat(webhook.audited).hasSize(1);
    }

    @Test
    void tells_that_something_changed_also_when_github_does_not_say_what() {
        webhook.put("a", policy("contents: read"));
        webhook.sandbox().github().fault(Calls.kind(CallKind.MINT).and(webhook::isOurs), Faults.status(500));

        push("", path("a"), "");

        assertThat(change().action()).isEqualTo(Action.UPDATED);
        assertThat(change().before()).isNull();
        assertThat(change().now()).isNull();
        PolicyEvent event = webhook.audited.getFirst();
        assertThat(event.detection()).isEqualTo(Detection.by(Method.COMMITS));
        assertThat(event.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(event.pushError()).isEqualTo("token: GitHub failed or did not answer");
    }

    @Test
    void says_that_changes_may_be_missing_when_github_limits_before_it_has_said_which_there_are() {
        webhook.put("a", policy("contents: read"));
        webhook.sandbox().github().fault(Calls.kind(CallKind.MINT).and(webhook::isOurs), Faults.primaryLimit());

        webhook.deliver("push", truncated(webhook.push("refs/heads/main", "", "", "")));

        assertThat(webhook.audited).singleElement().satisfies(event -> {
            assertThat(event.change()).isEmpty();
            assertThat(event.detection()).isEqualTo(Detection.degraded("token: GitHub limits requests"));
            assertThat(event.position()).isEqualTo(new PushPosition(0, 0));
            assertThat(event.pushError()).isEqualTo("token: GitHub limits requests");
            assertThat(event.push().commit()).isEqualTo(HEAD);
        });

        webhook.sandbox().github().clearFaults();
        webhook.repository().at(BEFORE).put("README.md", "");
        webhook.repository().addComparison(BEFORE, HEAD, 20, List.of(ChangedFile.added(path("a"))));
        webhook.deliver("push", truncated(webhook.push("refs/heads/main", "", "", "")));
        assertThat(webhook.changes()).as("of the delivery that came again").hasSize(1);
    }
}
