package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
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

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.IssuerAllowlist;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The organization's list of trusted issuers: every row of its table, on whole exchanges, and who learns of it. */
@Timeout(60)
class ExchangeTrustedIssuersTest {

    private static final Problem LIMITED =
            new Problem(RESOURCE_EXHAUSTED, "organization trusted-issuer lookup rate limited");

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
                row(
                        "a symbolic link to a valid list",
                        world -> world.gitHub()
                                .policyRepository()
                                .put("real.yaml", OTHERS)
                                .files()
                                .putSymlink(TRUSTED_ISSUERS, "../../real.yaml"),
                        INVALID),
                row(
                        "a symbolic link that reads like a valid list",
                        world -> world.gitHub().policyRepository().files().putSymlink(TRUSTED_ISSUERS, OTHERS),
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
                                .add("sha", "0".repeat(40))
                                .build())));
    }

    private static Named<Row> row(String name, Consumer<ExchangeFixture> world, Problem expected) {
        return Named.of(name, new Row(world, expected));
    }

    private static String pattern(ExchangeFixture world) {
        return issuer(world).replace(".", "\\.").replaceAll("[0-9]+", "[0-9]+");
    }
}
