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
import dev.octosts.api.PolicyEvent.Change;
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

    private void push(String added, String modified, String removed) {
        webhook.deliver("push", webhook.push("refs/heads/main", added, modified, removed));
    }

    @Test
    void tells_what_was_added_by_whom() {
        webhook.put("a", policy("contents: read"));

        push(path("a"), "", "");

        assertThat(webhook.audited).singleElement().satisfies(event -> {
            assertThat(event.change()).isEqualTo(Change.ADDED);
            assertThat(event.scope()).isEqualTo(webhook.owner() + "/octo-repo");
            assertThat(event.identity()).isEqualTo("a");
            assertThat(event.path()).isEqualTo(path("a"));
            assertThat(event.commit()).isEqualTo(HEAD);
            assertThat(event.actor()).isEqualTo("alice");
            assertThat(event.before()).isNull();
            assertThat(event.now()).containsAllEntriesOf(granting("contents", "read"));
        });
    }

    @Test
    void tells_the_grant_as_it_was_and_as_it_is() {
        webhook.repository().at(BEFORE).put(path("a"), policy("contents: read"));
        webhook.put("a", policy("contents: write"));

        push("", path("a"), "");

        assertThat(webhook.audited).singleElement().satisfies(event -> {
            assertThat(event.change()).isEqualTo(Change.CHANGED);
            assertThat(event.before()).containsAllEntriesOf(granting("contents", "read"));
            assertThat(event.now()).containsAllEntriesOf(granting("contents", "write"));
        });
    }

    @Test
    void tells_what_was_removed_although_there_is_nothing_to_review() {
        webhook.repository().at(BEFORE).put(path("a"), policy("contents: read"));
        webhook.repository().at(HEAD).put("README.md", "");

        push("", "", path("a"));

        assertThat(webhook.audited).singleElement().satisfies(event -> {
            assertThat(event.change()).isEqualTo(Change.REMOVED);
            assertThat(event.before()).containsAllEntriesOf(granting("contents", "read"));
            assertThat(event.now()).isNull();
        });
        assertThat(webhook.repository().checkRuns()).isEmpty();
    }

    @Test
    void tells_of_policies_in_sub_folders_and_of_those_that_cannot_be_used() {
        webhook.put("team/ci", policy("contents: read")).put("broken", "foo: 1\n");

        push(path("team/ci"), path("broken"), "");

        assertThat(webhook.audited)
                .extracting(PolicyEvent::identity, PolicyEvent::change)
                .containsExactlyInAnyOrder(tuple("team/ci", Change.ADDED), tuple("broken", Change.CHANGED));
        assertThat(webhook.audited)
                .filteredOn(event -> event.identity().equals("broken"))
                .allSatisfy(event -> assertThat(event.now()).isNull());
    }

    @Test
    void names_the_organization_as_the_scope_of_its_files() {
        webhook.policyRepository().at(HEAD).put(path("org"), policy("contents: read"));
        webhook.deliver(
                "push",
                webhook.push("refs/heads/main", path("org"), ".github/chainguard/trusted-token-issuers.yaml", "")
                        .replace("\"octo-repo\"", "\".github\""));

        assertThat(webhook.audited)
                .extracting(PolicyEvent::scope, PolicyEvent::identity)
                .containsExactlyInAnyOrder(
                        tuple(webhook.owner(), "org"), tuple(webhook.owner(), "trusted-token-issuers.yaml"));
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

        assertThat(webhook.audited).singleElement().satisfies(event -> {
            assertThat(event.change()).isEqualTo(Change.CHANGED);
            assertThat(event.before()).isNull();
            assertThat(event.now()).isNull();
        });
    }

    @Test
    void finds_out_what_a_forced_push_took_away() {
        webhook.repository()
                .at(BEFORE)
                .put(path("gone"), policy("contents: read"))
                .put(path("same"), policy("contents: read"));
        webhook.put("same", policy("contents: read")).put("new", policy("issues: read"));
        var push = webhook.push("refs/heads/main", path("new"), "", "").replaceFirst("\\{", "{\"forced\": true, ");

        webhook.deliver("push", push);

        assertThat(webhook.audited)
                .extracting(PolicyEvent::identity, PolicyEvent::change)
                .containsExactlyInAnyOrder(tuple("gone", Change.REMOVED), tuple("new", Change.ADDED));
    }

    @Test
    void tells_what_is_present_when_github_has_lost_what_a_forced_push_replaced() {
        webhook.put("a", policy("contents: read")).put("b", "foo: 1\n");
        var push = webhook.push("refs/heads/main", "", "", "").replaceFirst("\\{", "{\"forced\": true, ");

        assertThat(webhook.deliver("push", push)).isEqualTo(new DeliveryResult.Done("done"));

        assertThat(webhook.audited)
                .extracting(PolicyEvent::identity, PolicyEvent::change, PolicyEvent::before)
                .containsExactlyInAnyOrder(tuple("a", Change.PRESENT, null), tuple("b", Change.PRESENT, null));
        assertThat(webhook.audited)
                .filteredOn(event -> event.identity().equals("a"))
                .allSatisfy(event -> assertThat(event.now()).containsAllEntriesOf(granting("contents", "read")));
        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains("1 of 2 files do not pass.")
                .contains("GitHub cannot compare this commit with `" + BEFORE + "`");
        assertThat(webhook.repositoriesChanged).hasSize(1);
    }

    @Test
    void tells_what_is_present_also_when_the_payload_of_that_push_is_cut() {
        webhook.put("a", policy("contents: read"));
        var commits = IntStream.range(0, 20)
                .mapToObj(i -> "{\"added\": [], \"modified\": [], \"removed\": []}")
                .collect(Collectors.joining(","));

        webhook.deliver(
                "push",
                webhook.push("refs/heads/main", "", "", "")
                        .replace("{\"added\": [], \"modified\": [], \"removed\": []}", commits)
                        .replaceFirst("\\{", "{\"forced\": true, "));

        assertThat(webhook.audited).extracting(PolicyEvent::change).containsExactly(Change.PRESENT);
        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void reviews_a_forced_push_to_another_branch_although_what_it_replaced_is_gone() {
        webhook.put("a", "foo: 1\n");
        var commits = IntStream.range(0, 20)
                .mapToObj(i -> "{\"added\": [], \"modified\": [], \"removed\": []}")
                .collect(Collectors.joining(","));

        webhook.deliver(
                "push",
                webhook.push("refs/heads/topic", "", "", "")
                        .replace("{\"added\": [], \"modified\": [], \"removed\": []}", commits)
                        .replaceFirst("\\{", "{\"forced\": true, "));

        assertThat(webhook.checkRun().summary()).contains(path("a") + ": ");
        assertThat(webhook.audited).isEmpty();
    }

    @Test
    void tells_of_everything_on_a_new_default_branch() {
        webhook.put("a", policy("contents: read"));

        webhook.deliver(
                "push", webhook.push("refs/heads/main", path("a"), "", "").replace(BEFORE, NONE));

        assertThat(webhook.audited).extracting(PolicyEvent::identity).containsExactly("a");
    }

    @Test
    void takes_the_comparison_when_the_payload_may_be_cut() {
        webhook.put("a", policy("contents: read"));
        webhook.repository().at(BEFORE).put("README.md", "");
        webhook.repository().addComparison(BEFORE, HEAD, 20, List.of(ChangedFile.added(path("a"))));
        var commits = IntStream.range(0, 20)
                .mapToObj(i -> "{\"added\": [], \"modified\": [], \"removed\": []}")
                .collect(Collectors.joining(","));

        webhook.deliver(
                "push",
                webhook.push("refs/heads/main", "", "", "")
                        .replace("{\"added\": [], \"modified\": [], \"removed\": []}", commits));

        assertThat(webhook.audited)
                .extracting(PolicyEvent::identity, PolicyEvent::change)
                .containsExactly(tuple("a", Change.ADDED));
    }
}
