package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.NONE;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static dev.octosts.webhook.WebhookFixture.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.api.DeliveryResult;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.PolicyEvent.Action;
import dev.octosts.api.PolicyEvent.Detection;
import dev.octosts.api.PolicyEvent.Method;
import dev.octosts.api.PolicyEvent.PolicyChange;
import dev.octosts.api.PolicyEvent.PushPosition;
import dev.octosts.api.PolicyEvent.Verdict;
import dev.octosts.sandbox.github.ChangedFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What became of policies by a push whose commits do not tell it: the states before and after are compared. */
@Timeout(300)
class ReplacedHistoryTest {

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    private static Map<String, Object> granting(String name, String level) {
        return Map.of("permissions", Map.of(name, level));
    }

    private static String forced(String push) {
        return push.replaceFirst("\\{", "{\"forced\": true, ");
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

        assertThat(webhook.changes())
                .extracting(PolicyChange::identity, PolicyChange::action)
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
        assertThat(webhook.audited.getFirst().position()).isEqualTo(new PushPosition(0, 2));
        assertThat(webhook.changes())
                .extracting(PolicyChange::identity, PolicyChange::action, PolicyChange::before)
                .containsExactly(tuple("a", Action.PRESENT, null), tuple("b", Action.PRESENT, null));
        assertThat(webhook.audited)
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.detection())
                        .isEqualTo(Detection.degraded("GitHub does not have the commit " + BEFORE + " any more")));
        assertThat(webhook.recorded("a").change().orElseThrow().now())
                .containsAllEntriesOf(granting("contents", "read"));
        assertThat(webhook.recorded("a").verdict()).isEqualTo(Verdict.VALID);
        assertThat(webhook.recorded("b").verdict().valid()).isFalse();
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

        assertThat(webhook.changes()).extracting(PolicyChange::action).containsExactly(Action.PRESENT);
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

        assertThat(webhook.changes())
                .extracting(PolicyChange::identity, PolicyChange::action)
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

        assertThat(webhook.changes())
                .as("a renamed policy is one that is gone and one that is new")
                .extracting(PolicyChange::identity, PolicyChange::action)
                .containsExactly(
                        tuple("a", Action.CREATED),
                        tuple("moved", Action.DELETED),
                        tuple("new", Action.CREATED),
                        tuple("old", Action.DELETED));
        assertThat(webhook.recorded("old").change().orElseThrow().before())
                .containsAllEntriesOf(granting("issues", "read"));
        assertThat(webhook.audited).extracting(PolicyEvent::detection).containsOnly(Detection.by(Method.COMPARE));
    }
}
