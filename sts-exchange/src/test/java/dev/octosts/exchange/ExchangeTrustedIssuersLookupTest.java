package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ExchangeFixture.TRUSTED_ISSUERS;
import static dev.octosts.exchange.ExchangeFixture.faulty;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.exchange.TrustedIssuersFixture.DENIED;
import static dev.octosts.exchange.TrustedIssuersFixture.FRESH;
import static dev.octosts.exchange.TrustedIssuersFixture.INVALID;
import static dev.octosts.exchange.TrustedIssuersFixture.LIST;
import static dev.octosts.exchange.TrustedIssuersFixture.LOOK_UP;
import static dev.octosts.exchange.TrustedIssuersFixture.OTHERS;
import static dev.octosts.exchange.TrustedIssuersFixture.UNKNOWN;
import static dev.octosts.exchange.TrustedIssuersFixture.issuer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.source.Enforcement;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.http.Reply;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the list of trusted issuers is looked for: through which App, how long it holds, and what trouble does to it. */
@Timeout(60)
class ExchangeTrustedIssuersLookupTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofNanos(1);

    @Test
    void trouble_is_over_with_the_first_good_answer() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).trust("issuers: [%s]\n".formatted(issuer(world)));
            world.gitHub().server().fault(LIST, Faults.status(502), 3);
            assertThat(refused(world.exchange())).isEqualTo(UNKNOWN);
            world.granted(world.exchange());
        }
    }

    @Test
    void a_moment_of_trouble_is_none() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).trust("issuers: [%s]\n".formatted(issuer(world)));
            world.gitHub().server().fault(LIST, Faults.status(502), 2);
            world.granted(world.exchange());
        }
    }

    @Test
    void a_list_in_a_repository_that_github_does_not_show_yet_is_not_absent() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).trust(OTHERS);
            var unseen =
                    world.gitHub().server().fault(ExchangeTrustedIssuersLookupTest::isInPolicyRepository, unseen());
            assertThat(refused(world.exchange())).isEqualTo(UNKNOWN);
            assertThat(unseen.hits()).isEqualTo(3);
            world.gitHub().server().clearFaults();
            assertThat(refused(world.exchange())).isEqualTo(DENIED);
            assertThat(world.gitHub().log().matching(Call::finalMint)).isEmpty();
        }
    }

    /** Whatever is asked about the repository with a token: GraphQL, a file, the repository itself. */
    private static boolean isInPolicyRepository(Call call) {
        return call.kind() == CallKind.REPOSITORY || call.files().contains(TRUSTED_ISSUERS);
    }

    /** As GitHub answers a token that it does not know everywhere yet. */
    private static Fault unseen() {
        return (call, real) -> call.method().equals("POST")
                ? Reply.json(
                        200,
                        "{\"data\": {\"repository\": null}, \"errors\": [{\"type\": \"NOT_FOUND\", \"message\": \"none\"}]}")
                : Reply.json(404, "{\"message\": \"Not Found\"}");
    }

    @Test
    void the_verdict_of_a_list_that_is_known_needs_no_call() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            assertThat(world.rules().known()).as("nothing is known yet").isEmpty();
            world.trust(OTHERS);
            assertThat(refused(world.exchange())).isEqualTo(DENIED);
            world.gitHub().log().clear();
            assertThat(world.rules().known().orElseThrow().trustedIssuers())
                    .isInstanceOfSatisfying(Enforcement.InForce.class, inForce -> {
                        var trusted = (dev.octosts.policy.guardrail.TrustedIssuers) inForce.rules();
                        assertThat(trusted.permits(issuer(world))).isFalse();
                    });
            assertThat(world.gitHub().calls()).isEmpty();
            world.trust("issuers: [%s]\n".formatted(issuer(world)));
            world.gitHub().time().passes(FRESH.dividedBy(5).multipliedBy(4));
            assertThat(world.rules().known())
                    .as("it is still fresh, and looked at again")
                    .isPresent();
            world.gitHub()
                    .log()
                    .await(call -> call.kind() == CallKind.CONTENT && call.status() == 200, GitHubFixture.SOON);
            world.gitHub().time().passes(FRESH);
            assertThat(world.rules().known())
                    .as("what was good before may be another by now")
                    .isEmpty();
        }
    }

    @Test
    void the_list_is_asked_before_the_policy() {
        try (var world = new ExchangeFixture()) {
            world.trust(OTHERS);
            assertThat(refused(world.exchange())).isEqualTo(DENIED);
            world.trust("issuers: [%s]\n".formatted(issuer(world)));
            world.gitHub().time().passes(FRESH);
            assertThat(refused(world.exchange()).code()).isEqualTo(NOT_FOUND);
        }
    }

    @Test
    void a_new_list_holds_after_five_minutes() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            world.granted(world.exchange());
            world.trust(OTHERS);
            world.granted(world.exchange());
            world.gitHub().time().passes(FRESH);
            assertThat(refused(world.exchange())).isEqualTo(DENIED);
        }
    }

    @Test
    void the_last_good_list_holds_for_an_hour_while_the_file_is_unusable_or_github_is() {
        for (Consumer<ExchangeFixture> trouble : trouble()) {
            try (var world = new ExchangeFixture()) {
                world.put(world.policy()).trust("issuers: [%s]\n".formatted(issuer(world)));
                world.granted(world.exchange());
                trouble.accept(world);
                world.gitHub().time().passes(HOUR.minus(MOMENT));
                world.granted(world.exchange());
                world.gitHub().time().passes(MOMENT);
                assertThat(refused(world.exchange()).code()).isIn(FAILED_PRECONDITION, RESOURCE_EXHAUSTED, UNAVAILABLE);
            }
            try (var world = new ExchangeFixture()) {
                world.put(world.policy()).trust(OTHERS);
                assertThat(refused(world.exchange())).isEqualTo(DENIED);
                trouble.accept(world);
                world.gitHub().time().passes(FRESH);
                assertThat(refused(world.exchange())).isEqualTo(DENIED);
            }
        }
    }

    private static Iterable<Consumer<ExchangeFixture>> trouble() {
        return Set.of(
                world -> world.trust("nonsense: 1\n"),
                faulty(LIST, Faults.primaryLimit()),
                faulty(LIST, Faults.status(500)),
                faulty(LIST, Faults.forbidden()));
    }

    @Test
    void that_there_was_no_list_is_no_answer_once_something_unusable_stands_there() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            world.granted(world.exchange());
            world.trust("nonsense: 1\n");
            world.gitHub().time().passes(FRESH);
            assertThat(refused(world.exchange())).isEqualTo(INVALID);
            world.gitHub().server().fault(LIST, Faults.status(500));
            world.gitHub().time().passes(FRESH);
            assertThat(refused(world.exchange())).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void another_app_of_the_pool_is_asked_when_one_cannot_tell() {
        for (Consumer<ExchangeFixture> trouble : Set.<Consumer<ExchangeFixture>>of(
                world -> world.gitHub()
                        .installation()
                        .select(world.gitHub().repository().name()),
                world -> world.gitHub()
                        .server()
                        .fault(LIST.and(Calls.installation(world.gitHub().installation())), Faults.primaryLimit()),
                world -> world.gitHub()
                        .server()
                        .fault(LIST.and(Calls.installation(world.gitHub().installation())), Faults.status(500)))) {
            try (var world = new ExchangeFixture(Set.of(), "second")) {
                world.put(world.policy()).trust(OTHERS);
                install(world, world.apps().get(1));
                trouble.accept(world);
                assertThat(refused(world.exchange())).isEqualTo(DENIED);
            }
        }
    }

    @Test
    void an_app_that_was_installed_a_moment_ago_is_asked_before_all_are_taken_for_blind() {
        try (var world = new ExchangeFixture(Set.of(), "second")) {
            world.put(world.policy()).trust(OTHERS);
            world.gitHub().installation().select(world.gitHub().repository().name());
            world.gitHub().server().fault(LOOK_UP.and(Calls.app(world.apps().get(1))), Faults.status(404), 1);
            install(world, world.apps().get(1));
            assertThat(refused(world.exchange())).isEqualTo(DENIED);
        }
    }

    private static void install(ExchangeFixture world, GitHubApp app) {
        world.gitHub().server().install(app, world.gitHub().organization());
    }
}
