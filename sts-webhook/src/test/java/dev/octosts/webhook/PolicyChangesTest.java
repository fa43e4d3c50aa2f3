package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.NONE;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.api.DeliveryResult;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.PolicyEvent.Action;
import dev.octosts.api.PolicyEvent.Change;
import dev.octosts.api.PolicyEvent.Detection;
import dev.octosts.api.PolicyEvent.Method;
import dev.octosts.api.PolicyEvent.Position;
import dev.octosts.api.PolicyEvent.Verdict;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.Faults;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** The changes that were recorded. */
    private List<Change> changes() {
        return webhook.audited.stream()
                .flatMap(event -> event.change().stream())
                .toList();
    }

    private Change change() {
        assertThat(changes()).hasSize(1);
        return changes().getFirst();
    }

    private PolicyEvent recorded(String identity) {
        return webhook.audited.stream()
                .filter(event -> event.change()
                        .filter(change -> change.identity().equals(identity))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static String truncated(String push) {
        var commits = IntStream.range(0, 20)
                .mapToObj(i -> "{\"added\": [], \"modified\": [], \"removed\": []}")
                .collect(Collectors.joining(","));
        return push.replace("{\"added\": [], \"modified\": [], \"removed\": []}", commits);
    }

    private static String forced(String push) {
        return push.replaceFirst("\\{", "{\"forced\": true, ");
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
            assertThat(event.position()).isEqualTo(new Position(0, 1));
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

        assertThat(changes())
                .as("in the order of the files")
                .extracting(Change::policy, Change::action)
                .containsExactly(tuple("broken", Action.UPDATED), tuple("team/ci", Action.CREATED));
        assertThat(webhook.audited)
                .extracting(PolicyEvent::position)
                .containsExactly(new Position(0, 2), new Position(1, 2));
        PolicyEvent broken = recorded("broken");
        assertThat(broken.change().orElseThrow().now()).isNull();
        assertThat(broken.verdict().valid()).isFalse();
        assertThat(broken.verdict().error()).startsWith(path("broken") + ": ").contains("foo");
        assertThat(recorded("team/ci").verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void says_of_what_is_no_file_that_it_cannot_be_used() {
        webhook.repository().at(HEAD).put(path("a") + "/b", "c");

        push("", path("a"), "");

        assertThat(recorded("a").verdict()).isEqualTo(new Verdict(false, path("a") + ": not a file"));
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

        assertThat(changes())
                .extracting(Change::scope, Change::identity, Change::policy)
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
            assertThat(event.position()).isEqualTo(new Position(0, 0));
            assertThat(event.pushError()).isEqualTo("token: GitHub limits requests");
            assertThat(event.push().commit()).isEqualTo(HEAD);
        });

        webhook.sandbox().github().clearFaults();
        webhook.repository().at(BEFORE).put("README.md", "");
        webhook.repository().addComparison(BEFORE, HEAD, 20, List.of(ChangedFile.added(path("a"))));
        webhook.deliver("push", truncated(webhook.push("refs/heads/main", "", "", "")));
        assertThat(changes()).as("of the delivery that came again").hasSize(1);
    }

    @Test
    void finds_out_what_a_forced_push_took_away() {
        webhook.repository()
                .at(BEFORE)
                .put(path("gone"), policy("contents: read"))
                .put(path("other"), policy("contents: read"))
                .put(path("same"), policy("contents: read"));
        webhook.put("same", policy("contents: read"))
                .put("other", policy("contents: write"))
                .put("new", policy("issues: read"));

        webhook.deliver("push", forced(webhook.push("refs/heads/main", path("new"), "", "")));

        assertThat(changes())
                .extracting(Change::identity, Change::action)
                .containsExactly(
                        tuple("gone", Action.DELETED), tuple("new", Action.CREATED), tuple("other", Action.UPDATED));
        assertThat(webhook.audited).allSatisfy(event -> {
            assertThat(event.detection()).isEqualTo(Detection.by(Method.SNAPSHOT));
            assertThat(event.push().forced()).isTrue();
        });
    }

    @Test
    void tells_what_is_present_when_github_has_lost_what_a_forced_push_replaced() {
        webhook.put("a", policy("contents: read")).put("b", "foo: 1\n");

        assertThat(webhook.deliver("push", forced(webhook.push("refs/heads/main", "", "", ""))))
                .isEqualTo(new DeliveryResult.Done("done"));

        assertThat(webhook.audited.getFirst().change())
                .as("the first record says that changes may be missing")
                .isEmpty();
        assertThat(webhook.audited.getFirst().position()).isEqualTo(new Position(0, 2));
        assertThat(changes())
                .extracting(Change::identity, Change::action, Change::before)
                .containsExactly(tuple("a", Action.PRESENT, null), tuple("b", Action.PRESENT, null));
        assertThat(webhook.audited)
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.detection())
                        .isEqualTo(Detection.degraded("GitHub does not have the commit " + BEFORE + " any more")));
        assertThat(recorded("a").change().orElseThrow().now()).containsAllEntriesOf(granting("contents", "read"));
        assertThat(recorded("a").verdict()).isEqualTo(Verdict.VALID);
        assertThat(recorded("b").verdict().valid()).isFalse();
        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains("1 of 2 files do not pass.")
                .contains("GitHub cannot compare this commit with `" + BEFORE + "`");
        assertThat(webhook.repositoriesChanged).hasSize(1);
    }

    @Test
    void tells_what_is_present_also_when_the_payload_of_that_push_is_cut() {
        webhook.put("a", policy("contents: read"));

        webhook.deliver("push", forced(truncated(webhook.push("refs/heads/main", "", "", ""))));

        assertThat(changes()).extracting(Change::action).containsExactly(Action.PRESENT);
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void reviews_a_forced_push_to_another_branch_although_what_it_replaced_is_gone() {
        webhook.put("a", "foo: 1\n");

        webhook.deliver("push", forced(truncated(webhook.push("refs/heads/topic", "", "", ""))));

        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
        assertThat(webhook.audited).isEmpty();
    }

    @Test
    void tells_of_everything_on_a_new_default_branch() {
        webhook.put("a", policy("contents: read")).put("b", policy("contents: read"));

        webhook.deliver(
                "push", truncated(webhook.push("refs/heads/main", "", "", "")).replace(BEFORE, NONE));

        assertThat(changes())
                .extracting(Change::identity, Change::action)
                .containsExactly(tuple("a", Action.CREATED), tuple("b", Action.CREATED));
        assertThat(webhook.audited).extracting(PolicyEvent::detection).containsOnly(Detection.by(Method.SNAPSHOT));
        assertThat(webhook.audited)
                .allSatisfy(event -> assertThat(event.push().before()).isEqualTo(NONE));
    }

    @Test
    void takes_the_comparison_when_the_payload_may_be_cut() {
        webhook.put("a", policy("contents: read")).put("new", policy("contents: read"));
        webhook.repository().at(BEFORE).put(path("old"), policy("issues: read"));
        webhook.repository()
                .addComparison(
                        BEFORE,
                        HEAD,
                        20,
                        List.of(
                                ChangedFile.added(path("a")),
                                ChangedFile.renamed(path("old"), path("new")),
                                ChangedFile.renamed(path("moved"), "docs/moved.yaml")));

        webhook.deliver("push", truncated(webhook.push("refs/heads/main", "", "", "")));

        assertThat(changes())
                .as("a renamed policy is one that is gone and one that is new")
                .extracting(Change::identity, Change::action)
                .containsExactly(
                        tuple("a", Action.CREATED),
                        tuple("moved", Action.DELETED),
                        tuple("new", Action.CREATED),
                        tuple("old", Action.DELETED));
        assertThat(recorded("old").change().orElseThrow().before()).containsAllEntriesOf(granting("issues", "read"));
        assertThat(webhook.audited).extracting(PolicyEvent::detection).containsOnly(Detection.by(Method.COMPARE));
    }
}
