package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Level;
import dev.octosts.sandbox.github.Repository;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which repositories and permissions a token gets, by scope and policy. */
@Timeout(60)
class ExchangeScopesTest {

    private final ExchangeFixture world = new ExchangeFixture();
    private final String owner = world.gitHub().owner();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_repository_scope_is_limited_to_that_repository_and_to_the_policys_permissions() {
        world.put(world.policy());
        assertThat(covers(world.exchange(), world.gitHub().repository()))
                .isEqualTo(Map.of("metadata", Level.READ, "issues", Level.WRITE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "repositories: []"})
    void an_owner_scope_covers_all_repositories_when_the_policy_names_none(String repositories) {
        world.put(".github", world.policy(repositories));
        assertThat(world.granted(exchange(owner)).repositories()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s/.github", "%s/.GitHub"})
    void an_organization_policy_covers_the_repositories_that_it_names(String scope) {
        var a = world.repository("other-a");
        var b = world.repository("other-b");
        world.put(".github", world.policy("repositories: [other-a, OTHER-B]"));
        assertThat(covers(exchange(scope.formatted(owner)), a, b)).containsEntry("issues", Level.WRITE);
    }

    @Test
    void an_explicit_scope_of_the_policy_repository_is_limited_to_it_when_the_policy_names_none() {
        var policies = world.put(".github", world.policy());
        assertThat(covers(exchange(owner + "/.github"), policies)).containsEntry("issues", Level.WRITE);
        assertThat(world.granted(exchange(owner)).repositories())
                .as("the same cached policy, for the owner")
                .isEmpty();
        assertThat(world.gitHub().log().count(Calls.file(DemoWorld.policyFile(IDENTITY))))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "octo-org/other-a"})
    void a_repository_that_github_does_not_know_is_refused(String repository) {
        world.put(".github", world.policy("repositories: [" + repository + "]"));
        assertThat(refused(exchange(owner)).message()).isEqualTo("token exchange failure (StatusUnprocessableEntity)");
    }

    @Test
    void policies_of_repositories_and_of_the_organization_do_not_stand_in_for_each_other() {
        world.put(world.policy());
        world.repository(".github");
        assertThat(refused(exchange(owner)).message()).isEqualTo("unable to find trust policy for \"ci\"");
        world.gitHub().repository().put(DemoWorld.policyFile("other"), "");
        world.repository(".github").put(DemoWorld.policyFile("org"), world.policy());
        assertThat(refused(world.exchange(world.token().sign(), world.scope(), "org"))
                        .message())
                .isEqualTo("unable to find trust policy for \"org\"");
    }

    @Test
    void the_same_identity_in_another_repository_is_another_policy() {
        world.put(world.policy());
        world.put("second", world.policy().replace("sub-ok", "zz"));
        world.granted(world.exchange());
        assertThat(refused(exchange(owner + "/second")).message())
                .isEqualTo("trust policy: subject \"sub-ok\" did not match \"zz\"");
    }

    @Test
    void a_policy_is_read_from_the_default_branch_whatever_its_name() {
        world.gitHub().repository().defaultBranch("trunk");
        world.put(world.policy());
        world.granted(world.exchange());
        world.gitHub().repository().at("topic").put(DemoWorld.policyFile("topic"), world.policy());
        assertThat(refused(world.exchange(world.token().sign(), world.scope(), "topic"))
                        .message())
                .isEqualTo("unable to find trust policy for \"topic\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "wörk", "a.b-c_d", "a:b@c+d&e=f;g"})
    void an_identity_reaches_github_as_a_path(String identity) {
        world.gitHub().repository().put(DemoWorld.policyFile(identity), world.policy());
        world.granted(world.exchange(world.token().sign(), world.scope(), identity));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub/foo", "/foo", "foo/", "../foo", "a//b"})
    void an_identity_of_several_segments_is_refused_before_github_is_asked(String identity) {
        world.gitHub().repository().put(DemoWorld.policyFile("sub/foo"), world.policy());
        assertThat(refused(world.exchange(world.token().sign(), world.scope(), identity)))
                .isEqualTo(new Problem(ProblemCode.INVALID_ARGUMENT, "identity must be a single path segment"));
        assertThat(world.gitHub().calls()).isEmpty();
    }

    @Test
    void two_spellings_of_a_scope_are_one() {
        world.put(world.policy());
        world.granted(world.exchange());
        world.gitHub().log().clear();
        world.granted(exchange(world.scope().toUpperCase(Locale.ROOT)));
        assertThat(world.gitHub().calls()).containsExactly(CallKind.MINT);
        assertThat(world.gitHub().log().count(Calls.finalMint())).isOne();
    }

    @Test
    void a_cached_policy_is_asked_about_every_token() {
        world.put(world.policy());
        world.granted(world.exchange());
        assertThat(refused(world.exchange(world.token().subject("other").sign(), world.scope(), IDENTITY))
                        .message())
                .startsWith("trust policy: subject ");
    }

    private ExchangeResult exchange(String scope) {
        return world.exchange(world.token().sign(), scope, IDENTITY);
    }

    /** What the granted token can do, when it covers exactly these repositories. */
    private Map<String, Level> covers(ExchangeResult result, Repository... repositories) {
        var token = world.granted(result);
        Optional<Set<Long>> expected =
                Optional.of(Stream.of(repositories).map(Repository::id).collect(Collectors.toSet()));
        assertThat(token.repositories()).isEqualTo(expected);
        return token.permissions().levels();
    }
}
