package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges of a service that keeps one token for each installation to read with. */
@Timeout(60)
class ExchangeReadTokensTest {

    private static final String SECOND = "second";

    private final ExchangeFixture world = new ExchangeFixture(usual -> usual.reading(ReadTokenUse.SHARED));

    /** The tokens that callers got. */
    private final Set<String> handedOut = new HashSet<>();

    @BeforeEach
    void put() {
        world.put(world.policy());
        world.put(SECOND, world.policy());
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void granted(String repository) {
        handedOut.add(world.granted(exchange(repository)).value());
    }

    private ExchangeResult exchange(String repository) {
        return world.exchange(world.token().sign(), world.gitHub().owner() + "/" + repository, IDENTITY);
    }

    private List<Call> mintsForAll() {
        return world.gitHub().log().all().stream()
                .filter(Call::readMint)
                .filter(mint -> !mint.json().containsKey("repositories"))
                .toList();
    }

    @Test
    void another_repository_of_a_known_organization_makes_two() {
        granted(GitHubFixture.REPOSITORY);
        world.gitHub().log().clear();
        granted(SECOND);
        assertThat(world.gitHub().calls()).containsExactly(CallKind.CONTENT, CallKind.MINT);
    }

    @Test
    void the_first_exchange_of_an_owner_mints_once_to_read_and_revokes_nothing() {
        granted(GitHubFixture.REPOSITORY);
        assertThat(world.gitHub().calls())
                .containsExactly(
                        CallKind.FIND_INSTALLATION, CallKind.MINT, CallKind.CONTENT, CallKind.CONTENT, CallKind.MINT);
        assertThat(world.gitHub().log().all()).extracting(Call::kind).doesNotContain(CallKind.REVOKE);
    }

    @Test
    void the_shared_token_reads_files_and_nothing_else_and_no_caller_gets_it() {
        granted(GitHubFixture.REPOSITORY);
        granted(SECOND);
        assertThat(mintsForAll())
                .extracting(mint -> mint.json().toString())
                .containsExactly("{\"permissions\":{\"contents\":\"read\"}}");
        world.rules().end();
        world.gitHub().awaitRevocationOfAllBut(handedOut.toArray(String[]::new));
    }

    @Test
    void a_policy_that_is_absent_is_looked_for_with_a_token_of_its_own_and_its_absence_is_remembered() {
        granted(GitHubFixture.REPOSITORY);
        world.repository("empty");
        for (String repository : List.of("empty", "no-such-repository")) {
            world.gitHub().log().clear();
            assertThat(exchange(repository)).isInstanceOf(ExchangeResult.Refused.class);
            assertThat(world.gitHub().log().all())
                    .filteredOn(Call::readMint)
                    .extracting(mint -> mint.json().getJsonArray("repositories").getString(0))
                    .containsExactly(repository);
            world.gitHub().log().clear();
            assertThat(exchange(repository)).isInstanceOf(ExchangeResult.Refused.class);
            assertThat(world.gitHub().calls()).isEmpty();
        }
    }

    @Test
    void a_selected_repository_is_read_with_the_shared_token_once_it_is_known_to_be_selected() {
        world.gitHub().installation().select(".github", GitHubFixture.REPOSITORY);
        granted(GitHubFixture.REPOSITORY);
        world.gitHub().time().passes(Duration.ofMinutes(6));
        world.gitHub().log().clear();
        granted(GitHubFixture.REPOSITORY);
        assertThat(world.gitHub().calls())
                .containsOnly(CallKind.CONTENT, CallKind.MINT)
                .filteredOn(CallKind.MINT::equals)
                .hasSize(1);
    }

    @Test
    void a_repository_that_is_not_selected_is_not_read_with_the_shared_token() {
        world.gitHub().installation().select(".github", GitHubFixture.REPOSITORY);
        granted(GitHubFixture.REPOSITORY);
        world.gitHub().log().clear();
        assertThat(exchange(SECOND)).isInstanceOf(ExchangeResult.Refused.class);
        assertThat(world.gitHub().calls()).containsExactly(CallKind.MINT);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422})
    void a_token_for_all_repositories_that_github_refuses_is_not_asked_for_again_within_the_hour(int status) {
        world.gitHub()
                .server()
                .fault(call -> call.readMint() && !call.json().containsKey("repositories"), Faults.status(status));
        granted(GitHubFixture.REPOSITORY);
        granted(SECOND);
        assertThat(mintsForAll()).hasSize(1);
        world.gitHub().time().passes(Duration.ofMinutes(61));
        granted(GitHubFixture.REPOSITORY);
        assertThat(mintsForAll()).hasSize(2);
    }

    @Test
    void a_shared_token_that_github_does_not_accept_any_more_is_replaced() {
        granted(GitHubFixture.REPOSITORY);
        world.gitHub().server().fault(kind(CallKind.CONTENT), Faults.status(401), 1);
        granted(SECOND);
        granted(GitHubFixture.REPOSITORY);
        world.put("third", world.policy());
        granted("third");
        assertThat(mintsForAll()).hasSize(2);
    }

    @Test
    void a_shared_token_is_replaced_before_it_expires() {
        granted(GitHubFixture.REPOSITORY);
        world.gitHub().time().passes(Duration.ofMinutes(54));
        world.gitHub().log().clear();
        granted(SECOND);
        assertThat(mintsForAll()).as("the first is used to the end").hasSizeLessThanOrEqualTo(1);
        world.gitHub().time().passes(Duration.ofMinutes(54));
        granted(SECOND);
        assertThat(world.gitHub().log().all())
                .filteredOn(call -> call.kind() == CallKind.CONTENT)
                .extracting(Call::status)
                .doesNotContain(401);
    }

    @Test
    void an_event_about_the_installation_revokes_its_token() {
        granted(GitHubFixture.REPOSITORY);
        world.rules().installationChanged();
        world.gitHub().awaitRevocationOfAllBut(handedOut.toArray(String[]::new));
        granted(SECOND);
        assertThat(mintsForAll()).hasSize(2);
    }
}
