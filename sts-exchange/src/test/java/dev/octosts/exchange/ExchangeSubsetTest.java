package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.exchange.ExchangeFixture.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.api.RequestedGrant;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller that asks for less than its policy grants gets that; one that asks for more gets nothing. */
@Timeout(60)
class ExchangeSubsetTest {

    private static final String EXCESS = "the trust policy does not grant what was asked for: ";

    private final ExchangeFixture world = new ExchangeFixture();

    @AfterEach
    void close() {
        world.close();
    }

    private static RequestedGrant permissions(Map<String, String> levels) {
        return new RequestedGrant(levels, List.of());
    }

    private static RequestedGrant repositories(String... names) {
        return new RequestedGrant(Map.of(), List.of(names));
    }

    private Map<String, Level> levels(ExchangeResult result) {
        return world.granted(result).permissions().levels();
    }

    @Test
    void a_permission_that_is_not_asked_for_is_left_out_and_a_lower_level_is_enough() {
        world.put(world.policy("  contents: write"));
        assertThat(levels(world.exchange(RequestedGrant.EVERYTHING)))
                .isEqualTo(Map.of("metadata", Level.READ, "issues", Level.WRITE, "contents", Level.WRITE));
        assertThat(levels(world.exchange(permissions(Map.of("contents", "read")))))
                .isEqualTo(Map.of("metadata", Level.READ, "contents", Level.READ));
    }

    @ParameterizedTest
    @CsvSource({"issues, admin", "contents, read", "metadata, read", "nonsense, write"})
    void what_the_policy_does_not_grant_is_named_and_nothing_is_minted(String name, String level) {
        world.put(world.policy());
        assertThat(refused(world.exchange(permissions(Map.of(name, level)))))
                .isEqualTo(new Problem(PERMISSION_DENIED, EXCESS + name + ":" + level));
        assertThat(world.gitHub().log().count(Call::finalMint)).isZero();
    }

    @Test
    void all_of_the_excess_is_told_at_once() {
        world.put(world.policy());
        assertThat(refused(world.exchange(new RequestedGrant(Map.of("contents", "read"), List.of("elsewhere"))))
                        .message())
                .isEqualTo(EXCESS + "contents:read, repository elsewhere");
    }

    @Test
    void a_repository_policy_gives_its_own_repository_in_any_spelling_and_no_other() {
        world.put(world.policy());
        var repository = world.gitHub().repository();
        assertThat(world.granted(world.exchange(repositories("OCTO-REPO"))).repositories())
                .isEqualTo(Optional.of(Set.of(repository.id())));
        world.repository("second");
        assertThat(refused(world.exchange(repositories("octo-repo", "second"))).message())
                .isEqualTo(EXCESS + "repository second");
    }

    @Test
    void an_organization_policy_gives_those_that_are_asked_for_of_those_that_it_names() {
        var a = world.repository("other-a");
        world.repository("other-b");
        world.repository("other-c");
        world.put(".github", world.policy("repositories: [other-a, OTHER-B]"));
        String owner = world.gitHub().owner();
        assertThat(world.granted(world.exchange(owner, repositories("Other-A"))).repositories())
                .isEqualTo(Optional.of(Set.of(a.id())));
        assertThat(refused(world.exchange(owner, repositories("other-b", "other-c")))
                        .message())
                .isEqualTo(EXCESS + "repository other-c");
    }

    @Test
    void an_organization_policy_for_all_repositories_gives_any_that_the_installation_has() {
        var a = world.repository("other-a");
        world.put(".github", world.policy());
        String owner = world.gitHub().owner();
        assertThat(world.granted(world.exchange(owner, repositories("other-a"))).repositories())
                .isEqualTo(Optional.of(Set.of(a.id())));
        assertThat(refused(world.exchange(owner, repositories("nowhere"))).message())
                .isEqualTo("token exchange failure (StatusUnprocessableEntity)");
    }

    @Test
    void guard_rails_judge_what_is_given_and_not_what_could_have_been() {
        world.put(world.policy("  contents: write")).guard("max_permissions: {contents: read}\n");
        assertThat(refused(world.exchange(RequestedGrant.EVERYTHING)).message())
                .isEqualTo("permissions exceed organization guardrails");
        assertThat(levels(world.exchange(permissions(Map.of("contents", "read")))))
                .containsEntry("contents", Level.READ);
    }

    @Test
    void a_token_that_the_policy_refuses_is_not_told_what_the_policy_grants() {
        world.put(world.policy().replace("sub-ok", "somebody-else"));
        assertThat(refused(world.exchange(permissions(Map.of("contents", "write"))))
                        .message())
                .startsWith("trust policy: subject ");
    }

    @Test
    void the_explanation_agrees() {
        world.put(world.policy("  contents: write"));
        assertThat(told(world.explain(permissions(Map.of("contents", "read")))))
                .containsEntry("accepted", true)
                .containsEntry("permissions", Map.of("contents", "read"))
                .containsEntry("repositories", List.of("octo-repo"));
        assertThat(told(world.explain(permissions(Map.of("checks", "write")))))
                .containsEntry("accepted", false)
                .containsEntry("message", EXCESS + "checks:write")
                .containsEntry("permissions", Map.of("contents", "write", "issues", "write"))
                .containsEntry("repositories", List.of("octo-repo"));
    }

    @Test
    void the_audit_event_tells_what_was_asked_for() {
        world.put(world.policy());
        var asked = new RequestedGrant(Map.of("issues", "read"), List.of("octo-repo"));
        world.granted(world.exchange(asked));
        assertThat(world.events().getFirst().subset()).isEqualTo(asked);
    }
}
