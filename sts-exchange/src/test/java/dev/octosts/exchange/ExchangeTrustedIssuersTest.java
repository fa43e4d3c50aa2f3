package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.TRUSTED_ISSUERS;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.IssuerAllowlist;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.exchange.source.Enforcement;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.http.Reply;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The organization's list of trusted issuers: every row of its table, on whole exchanges. */
@Timeout(60)
class ExchangeTrustedIssuersTest {

    private static final Problem DENIED = new Problem(PERMISSION_DENIED, "issuer not permitted by organization policy");
    private static final Problem INVALID =
            new Problem(FAILED_PRECONDITION, "organization trusted-issuer configuration is invalid");
    private static final Problem LIMITED =
            new Problem(RESOURCE_EXHAUSTED, "organization trusted-issuer lookup rate limited");
    private static final Problem UNKNOWN = new Problem(UNAVAILABLE, "organization trusted-issuer lookup unavailable");

    private static final Predicate<Call> LIST = Calls.file(TRUSTED_ISSUERS);
    private static final Predicate<Call> LOOK_UP = kind(CallKind.FIND_INSTALLATION);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final String OTHERS = "issuers: [https://other.example]\n";

    static Stream<Named<Consumer<ExchangeFixture>>> permitting() {
        return Stream.of(
                Named.of("no file", world -> {}),
                Named.of("the issuer in the list", world -> world.trust("issuers: [%s]\n".formatted(issuer(world)))),
                Named.of(
                        "a pattern for it",
                        world -> world.trust("issuer_patterns: ['%s']\n".formatted(pattern(world)))),
                Named.of("another issuer, in audit mode", world -> world.trust("mode: audit\n" + OTHERS)),
                Named.of("no policy repository", ExchangeTrustedIssuersTest::withoutPolicyRepository),
                Named.of(
                        "an installation that cannot see the policy repository, though there is a list in it",
                        world -> {
                            world.trust(OTHERS);
                            world.gitHub()
                                    .installation()
                                    .select(world.gitHub().repository().name());
                        }));
    }

    @ParameterizedTest
    @MethodSource("permitting")
    void permits(Consumer<ExchangeFixture> change) {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            change.accept(world);
            world.granted(world.exchange());
            world.granted(world.exchange());
        }
    }

    record Row(Consumer<ExchangeFixture> world, Problem expected) {}

    static Stream<Named<Row>> refusing() {
        return Stream.of(
                row("another issuer", world -> world.trust(OTHERS), DENIED),
                row(
                        "a pattern that matches a part",
                        world -> world.trust("issuer_patterns: ['http://localhost:[0-9]+']\n"),
                        DENIED),
                row("an unknown key", world -> world.trust(OTHERS + "extra: 1\n"), INVALID),
                row("no entry", world -> world.trust("mode: audit\n"), INVALID),
                row("nothing", world -> world.trust(""), INVALID),
                row("no YAML", world -> world.trust("issuers: ["), INVALID),
                row(
                        "bytes that are not UTF-8",
                        world -> world.gitHub()
                                .policyRepository()
                                .put(TRUSTED_ISSUERS, (OTHERS + "# ÿ").getBytes(StandardCharsets.ISO_8859_1)),
                        INVALID),
                row("more than 1 MiB", world -> world.trust(OTHERS + "#" + "x".repeat(1_153_434)), INVALID),
                row(
                        "a directory",
                        world -> world.gitHub().policyRepository().put(TRUSTED_ISSUERS + "/x", "y"),
                        INVALID),
                row(
                        "a symbolic link that leads nowhere",
                        world -> world.gitHub().policyRepository().files().putSymlink(TRUSTED_ISSUERS, "nowhere"),
                        INVALID),
                row("content that is not base64", containing("base64", "%%%"), INVALID),
                row("an unknown encoding", containing("rot13", "vffhref"), INVALID),
                row("the primary limit at the read", faulty(LIST, Faults.primaryLimit()), LIMITED),
                row("429 at the read", faulty(LIST, Faults.tooManyRequests()), LIMITED),
                row("the secondary limit at the read", faulty(LIST, Faults.secondaryLimit()), LIMITED),
                row("a limit that answers 422 at the read", faulty(LIST, Faults.spammed()), LIMITED),
                row("a refusal of the read", faulty(LIST, Faults.forbidden()), UNKNOWN),
                row("401 at the read", faulty(LIST, Faults.status(401)), UNKNOWN),
                row("422 at the read", faulty(LIST, Faults.unprocessable()), UNKNOWN),
                row("500 at the read", faulty(LIST, Faults.status(500)), UNKNOWN),
                row("an error page at the read", faulty(LIST, Faults.badGateway()), UNKNOWN),
                row("no JSON at the read", faulty(LIST, Faults.malformed()), UNKNOWN),
                row("an unrequested 304", faulty(LIST, Faults.reply(Reply.empty(304))), UNKNOWN),
                row("a reset at the read", faulty(LIST, Faults.reset()), UNKNOWN),
                row("half an answer to the read", faulty(LIST, Faults.truncated(40)), UNKNOWN),
                row("the primary limit at the mint", faulty(Calls.readMint(), Faults.primaryLimit()), LIMITED),
                row("a limit that answers 422 at the mint", faulty(Calls.readMint(), Faults.spammed()), LIMITED),
                row("a refusal of the mint", faulty(Calls.readMint(), Faults.forbidden()), UNKNOWN),
                row("500 at the mint", faulty(Calls.readMint(), Faults.status(500)), UNKNOWN),
                row("401 at the mint", faulty(Calls.readMint(), Faults.status(401)), UNKNOWN),
                row("404 at the mint, though installed", faulty(Calls.readMint(), Faults.status(404)), UNKNOWN),
                row(
                        "a read token for other repositories",
                        faulty(Calls.readMint(), Faults.grantingAllRepositories()),
                        UNKNOWN),
                row(
                        "blindness that cannot be confirmed",
                        world -> {
                            withoutPolicyRepository(world);
                            world.gitHub().server().fault(LOOK_UP.and(second()), Faults.status(500));
                        },
                        UNKNOWN),
                row(
                        "blindness whose confirmation is limited",
                        world -> {
                            withoutPolicyRepository(world);
                            world.gitHub().server().fault(LOOK_UP.and(second()), Faults.primaryLimit());
                        },
                        LIMITED));
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void refuses_and_mints_nothing(Row row) {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            row.world().accept(world);
            assertThat(refused(world.exchange())).isEqualTo(row.expected());
            assertThat(world.gitHub().log().matching(Call::finalMint)).isEmpty();
        }
    }

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
            var unseen = world.gitHub().server().fault(ExchangeTrustedIssuersTest::isInPolicyRepository, unseen());
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
            assertThat(world.known()).as("nothing is known yet").isEmpty();
            world.trust(OTHERS);
            assertThat(refused(world.exchange())).isEqualTo(DENIED);
            world.gitHub().log().clear();
            assertThat(world.known().orElseThrow().trustedIssuers())
                    .isInstanceOfSatisfying(Enforcement.InForce.class, inForce -> {
                        var trusted = (dev.octosts.policy.guardrail.TrustedIssuers) inForce.rules();
                        assertThat(trusted.permits(issuer(world))).isFalse();
                    });
            assertThat(world.gitHub().calls()).isEmpty();
            world.trust("issuers: [%s]\n".formatted(issuer(world)));
            world.gitHub().time().passes(FRESH.dividedBy(5).multipliedBy(4));
            assertThat(world.known())
                    .as("it is still fresh, and looked at again")
                    .isPresent();
            world.gitHub()
                    .log()
                    .await(call -> call.kind() == CallKind.CONTENT && call.status() == 200, GitHubFixture.SOON);
            world.gitHub().time().passes(FRESH);
            assertThat(world.known())
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

    @Test
    void the_audit_event_tells_of_an_issuer_that_is_not_listed_and_of_no_other() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).trust("mode: audit\n" + OTHERS);
            world.granted(world.exchange());
            world.trust(OTHERS);
            world.gitHub().time().passes(FRESH);
            world.exchange();
            world.trust("issuers: [%s]\n".formatted(issuer(world)));
            world.gitHub().time().passes(FRESH);
            world.granted(world.exchange());
            assertThat(world.events())
                    .extracting(ExchangeEvent::issuerAllowlist)
                    .containsExactly(
                            new IssuerAllowlist("audit", true, issuer(world)),
                            new IssuerAllowlist("enforce", false, issuer(world)),
                            null);
        }
    }

    @Test
    void a_caller_learns_nothing_of_the_list_or_of_github() {
        try (var world = new ExchangeFixture();
                var log = LogCapture.open()) {
            world.put(world.policy()).trust("issuers: [https://secret.example]\n");
            ExchangeResult result = world.exchange(world.token().sign(), world.scope(), IDENTITY);
            assertThat(refused(result).message())
                    .doesNotContain("secret", issuer(world), world.gitHub().owner());
            assertThat(log.text())
                    .contains(issuer(world), world.gitHub().owner())
                    .doesNotContain("secret.example");
        }
    }

    private static void install(ExchangeFixture world, GitHubApp app) {
        world.gitHub().server().install(app, world.gitHub().organization());
    }

    private static void withoutPolicyRepository(ExchangeFixture world) {
        world.gitHub().server().delete(world.gitHub().policyRepository());
    }

    /** Every call after the first, for one use. */
    private static Predicate<Call> second() {
        var first = new Call[1];
        return call -> {
            if (first[0] == null) {
                first[0] = call;
            }
            return first[0] != call;
        };
    }

    private static Consumer<ExchangeFixture> containing(String encoding, String content) {
        return faulty(
                LIST,
                Faults.reply(Reply.json(
                        200,
                        Json.createObjectBuilder()
                                .add("type", "file")
                                .add("encoding", encoding)
                                .add("content", content)
                                .build())));
    }

    private static Consumer<ExchangeFixture> faulty(Predicate<Call> when, Fault fault) {
        return world -> world.gitHub().server().fault(when, fault);
    }

    private static Named<Row> row(String name, Consumer<ExchangeFixture> world, Problem expected) {
        return Named.of(name, new Row(world, expected));
    }

    private static String issuer(ExchangeFixture world) {
        return world.issuer().url();
    }

    private static String pattern(ExchangeFixture world) {
        return issuer(world).replace(".", "\\.").replaceAll("[0-9]+", "[0-9]+");
    }
}
