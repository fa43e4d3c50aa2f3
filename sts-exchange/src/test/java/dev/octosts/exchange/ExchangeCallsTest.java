package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many calls an exchange costs, and which token makes them. */
@Timeout(60)
class ExchangeCallsTest {

    private final ExchangeFixture world = new ExchangeFixture();

    @BeforeEach
    void put() {
        world.put(world.policy());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_cold_exchange_waits_for_github_four_times_and_makes_two_calls_to_the_issuer() {
        world.trust("issuers: [%s]\n".formatted(world.issuer().url())).guard("self_rewrite: deny\n");
        world.granted(world.exchange());
        assertThat(world.gitHub().calls())
                .as("both repositories are read side by side, each with a token of its own")
                .startsWith(CallKind.FIND_INSTALLATION)
                .endsWith(CallKind.MINT)
                .containsExactlyInAnyOrder(
                        CallKind.FIND_INSTALLATION,
                        CallKind.MINT,
                        CallKind.MINT,
                        CallKind.CONTENT,
                        CallKind.CONTENT,
                        CallKind.MINT);
        assertThat(world.issuerCalls()).isEqualTo(2);
    }

    @Test
    void one_token_reads_both_repositories_where_the_app_was_seen_to_read_the_policy_repository() {
        String first = world.granted(world.exchange()).value();
        forgotten();
        String second = world.granted(world.exchange()).value();
        assertThat(world.gitHub().log().all())
                .filteredOn(Call::readMint)
                .extracting(mint -> mint.json().toString())
                .containsExactly(reading(".github", GitHubFixture.REPOSITORY));
        assertThat(world.gitHub().calls())
                .containsExactly(CallKind.MINT, CallKind.CONTENT, CallKind.CONTENT, CallKind.MINT);
        world.gitHub().awaitRevocationOfAllBut(first, second);
    }

    @Test
    void each_repository_is_asked_for_alone_when_the_app_does_not_see_the_policy_repository_any_more() {
        world.granted(world.exchange());
        world.gitHub().installation().select(GitHubFixture.REPOSITORY);
        forgotten();
        world.granted(world.exchange());
        assertThat(world.gitHub().log().all())
                .filteredOn(Call::readMint)
                .extracting(mint -> mint.json().toString())
                .startsWith(reading(".github", GitHubFixture.REPOSITORY))
                .contains(reading(".github"), reading(GitHubFixture.REPOSITORY));
        forgotten();
        world.granted(world.exchange());
        assertThat(world.gitHub().log().all())
                .filteredOn(Call::readMint)
                .extracting(mint -> mint.json().toString())
                .as("it is known now")
                .doesNotContain(reading(".github", GitHubFixture.REPOSITORY));
    }

    @Test
    void a_server_without_graphql_is_asked_for_it_once_an_hour() {
        world.gitHub().server().fault(ExchangeCallsTest::isGraphQl, Faults.status(404));
        world.granted(world.exchange());
        forgotten();
        world.granted(world.exchange());
        assertThat(world.gitHub().log().all()).noneMatch(ExchangeCallsTest::isGraphQl);
        world.gitHub().time().passes(Duration.ofHours(1));
        world.granted(world.exchange());
        assertThat(world.gitHub().log().all())
                .filteredOn(ExchangeCallsTest::isGraphQl)
                .hasSize(1);
    }

    private static boolean isGraphQl(Call call) {
        return call.path().endsWith("/graphql");
    }

    /** Nothing that was read is fresh any more. */
    private void forgotten() {
        world.gitHub().time().passes(Duration.ofMinutes(6));
        world.gitHub().log().clear();
    }

    @Test
    void another_repository_of_a_known_organization_makes_three() {
        world.put("second", world.policy());
        world.granted(world.exchange());
        world.gitHub().log().clear();
        world.granted(world.exchange(world.token().sign(), world.gitHub().owner() + "/second", IDENTITY));
        assertThat(world.gitHub().calls()).containsExactly(CallKind.MINT, CallKind.CONTENT, CallKind.MINT);
    }

    @Test
    void a_warm_exchange_makes_one_and_none_to_the_issuer_though_every_token_is_another() {
        world.granted(world.exchange());
        world.gitHub().awaitRevocationOfAllBut(handedOut());
        int issuerCalls = world.issuerCalls();
        var tokens = new HashSet<String>();
        for (int number = 0; number < 5; number++) {
            world.gitHub().log().clear();
            tokens.add(world.granted(
                            world.exchange(world.token().claim("jti", number).sign(), world.scope(), IDENTITY))
                    .value());
            assertThat(world.gitHub().log().all()).extracting(Call::kind).containsExactly(CallKind.MINT);
        }
        assertThat(tokens).hasSize(5);
        assertThat(world.issuerCalls()).isEqualTo(issuerCalls);
    }

    @Test
    void all_calls_of_an_app_carry_one_jwt() {
        world.granted(world.exchange());
        world.granted(world.exchange());
        assertThat(world.gitHub().log().all().stream()
                        .filter(call -> call.kind() == CallKind.MINT || call.kind() == CallKind.FIND_INSTALLATION)
                        .map(call -> call.header("authorization")))
                .hasSize(5)
                .containsOnly(world.gitHub().log().all().getFirst().header("authorization"));
    }

    @Test
    void the_caller_does_not_wait_for_the_revocation() {
        world.granted(world.exchange());
        world.gitHub().awaitRevocationOfAllBut(handedOut());
        Await.until(
                "the client knows of it",
                () -> revocations() == world.gitHub().log().count(CallKind.REVOKE));
        long revoked = revocations();
        world.put("second", world.policy());
        var release = new CountDownLatch(1);
        world.gitHub().server().fault(kind(CallKind.REVOKE), (call, real) -> {
            awaited(release);
            return real.get();
        });
        world.granted(world.exchange(world.token().sign(), world.gitHub().owner() + "/second", IDENTITY));
        // GitHub has not answered it yet, and the client, which gives up after five seconds, still waits.
        assertThat(revocations()).isEqualTo(revoked);
        release.countDown();
        world.gitHub().awaitRevocationOfAllBut(handedOut());
    }

    @Test
    void each_repository_is_read_with_a_token_of_its_own_that_is_revoked() {
        world.granted(world.exchange());
        assertThat(world.gitHub().log().all())
                .filteredOn(Call::readMint)
                .extracting(mint -> mint.json().toString())
                .containsExactlyInAnyOrder(reading(GitHubFixture.REPOSITORY), reading(".github"));
        world.gitHub().awaitRevocationOfAllBut(handedOut());
    }

    private static String reading(String... repositories) {
        return "{\"repositories\":[\"" + String.join("\",\"", repositories)
                + "\"],\"permissions\":{\"contents\":\"read\"}}";
    }

    /** How many have ended for the client. */
    private long revocations() {
        return world.gitHub().observed().stream()
                .filter(call -> call.endpoint() == Endpoint.REVOKE)
                .count();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private String[] handedOut() {
        return world.gitHub().log().all().stream()
                .filter(Call::finalMint)
                .flatMap(call -> call.minted().stream())
                .map(dev.octosts.sandbox.github.InstallationToken::value)
                .toArray(String[]::new);
    }
}
