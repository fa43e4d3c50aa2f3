package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.SUBJECT;
import static dev.octosts.exchange.ExchangeFixture.USER_AGENT;
import static dev.octosts.sandbox.github.Calls.finalMint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.ExchangeEvent.Claim;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.sandbox.github.Faults;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuditEventTest {

    private final ExchangeFixture world = new ExchangeFixture();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_grant_tells_who_got_what_by_which_policy() throws Exception {
        world.put(world.policy("claim_pattern: {who: .*, verified: 'true'}"));
        var before = world.gitHub().sandbox().clock().instant();
        var bearer = world.token().claim("who", "me").claim("verified", true).claim("secret", "s");
        var token = world.granted(world.exchange(bearer.sign(), world.scope(), IDENTITY));
        var event = event();
        assertThat(event.operation()).isEqualTo(ExchangeEvent.Operation.EXCHANGE);
        assertThat(event.actor())
                .isEqualTo(new Actor(
                        world.issuer().url(), SUBJECT, List.of(new Claim("who", "me"), new Claim("verified", "true"))));
        assertThat(event.trustPolicy())
                .isEqualTo(Map.of(
                        "issuer", world.issuer().url(),
                        "subject", SUBJECT,
                        "claim_pattern", Map.of("who", ".*", "verified", "true"),
                        "permissions", Map.of("issues", "write"),
                        "repositories", List.of(GitHubFixture.REPOSITORY)));
        assertThat(event.installationId())
                .isEqualTo(world.gitHub().installation().id());
        assertThat(List.of(event.scope(), event.identity(), event.userAgent()))
                .containsExactly(world.scope(), IDENTITY, USER_AGENT);
        assertThat(event.tokenSha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(token.value().getBytes(StandardCharsets.UTF_8))));
        assertThat(event.problem()).isNull();
        assertThat(event.outcome()).isEqualTo(ExchangeEvent.Outcome.GRANTED);
        assertThat(event.requestId()).isEqualTo(ExchangeFixture.REQUEST_ID);
        assertThat(event.time())
                .isBetween(before, world.gitHub().sandbox().clock().instant());
        assertThat(event.took()).isPositive();
    }

    @Test
    void a_denial_tells_who_was_denied_by_which_policy_and_why() {
        world.put(world.policy());
        world.exchange(world.token().subject("other").sign(), world.scope(), IDENTITY);
        var event = event();
        assertThat(event.actor()).isEqualTo(new Actor(world.issuer().url(), "other", List.of()));
        assertThat(event.trustPolicy()).containsEntry("subject", SUBJECT);
        assertThat(event.tokenSha256()).isEmpty();
        assertThat(event.problem())
                .extracting(Problem::asGrpcError)
                .isEqualTo("rpc error: code = PermissionDenied desc = trust policy: subject \"other\" did not match"
                        + " \"sub-ok\"");
    }

    @Test
    void a_bearer_that_is_not_verified_has_no_actor() {
        world.put(world.policy());
        world.exchange(world.token().unsigned(), world.scope(), IDENTITY);
        var event = event();
        assertThat(event.actor()).isEqualTo(Actor.UNKNOWN);
        assertThat(event.trustPolicy()).isNull();
        assertThat(event.installationId()).isZero();
        assertThat(event.problem())
                .extracting(Problem::asGrpcError)
                .isEqualTo("rpc error: code = Unauthenticated desc = unable to verify bearer token");
    }

    @Test
    void a_caller_without_a_bearer_leaves_what_it_asked_for() {
        world.exchangeWithoutBearer();
        var event = event();
        assertThat(event.actor()).isEqualTo(Actor.UNKNOWN);
        assertThat(List.of(event.scope(), event.identity(), event.userAgent()))
                .containsExactly(world.scope(), IDENTITY, USER_AGENT);
        assertThat(event.problem())
                .extracting(Problem::asGrpcError)
                .isEqualTo("rpc error: code = Unauthenticated desc = expected exactly one authorization header");
    }

    @Test
    void an_absent_policy_leaves_the_actor_and_no_policy() {
        world.exchange();
        assertThat(event().actor()).isEqualTo(new Actor(world.issuer().url(), SUBJECT, List.of()));
        assertThat(event().trustPolicy()).isNull();
    }

    @Test
    void an_organization_policy_that_names_no_repositories_tells_none() {
        world.put(".github", world.policy());
        world.granted(world.exchange(world.token().sign(), world.gitHub().owner(), IDENTITY));
        assertThat(event().trustPolicy()).doesNotContainKeys("repositories", "claim_pattern", "app");
    }

    @Test
    void claims_that_the_token_lacks_or_that_are_no_text_do_not_break_the_event() {
        world.put(world.policy("claim_pattern: {missing: .*, list: .*, nothing: .*}"));
        world.exchange(
                world.token()
                        .claim("list", JsonValue.EMPTY_JSON_ARRAY)
                        .claim("nothing", JsonValue.NULL)
                        .sign(),
                world.scope(),
                IDENTITY);
        assertThat(event().problem()).isNotNull();
        assertThat(event().actor().claims()).extracting(Claim::name).doesNotContain("missing");
    }

    @Test
    void every_exchange_leaves_one_event() {
        world.put(world.policy());
        world.granted(world.exchange());
        world.exchange("", "", "");
        world.exchange(world.token().sign(), "a/b/c", "..");
        world.granted(world.exchange());
        assertThat(world.events()).hasSize(4);
    }

    @Test
    void no_secret_reaches_an_event_a_log_line_or_a_text_form() {
        try (var log = LogCapture.open()) {
            world.put(world.policy());
            String bearer = world.token().sign();
            ExchangeResult granted = world.exchange(bearer, world.scope(), IDENTITY);
            String token = world.granted(granted).value();
            world.exchange(bearer + "x", world.scope(), IDENTITY);
            world.gitHub()
                    .server()
                    .fault(finalMint(), Faults.granting("secrets", dev.octosts.sandbox.github.Level.READ), 1);
            world.exchange(bearer, world.scope(), IDENTITY);
            world.gitHub().server().fault(finalMint(), Faults.truncated(150), 1);
            world.exchange(bearer, world.scope(), IDENTITY);
            world.gitHub().server().fault(finalMint(), Faults.forbidden(), 1);
            world.exchange(bearer, world.scope(), IDENTITY);
            world.gitHub().awaitRevocationOfAllBut(token);
            assertThat(log.text()).contains("wider than asked for", "Resource not accessible");
            String everything =
                    log.text() + world.events() + granted + world.gitHub().observed();
            assertThat(everything).doesNotContain(bearer);
            assertThat(everything).doesNotContain(bearer.substring(bearer.lastIndexOf('.')));
            assertThat(everything).doesNotContainPattern("ghs_|eyJ|PRIVATE KEY");
            world.gitHub()
                    .mintedTokens()
                    .forEach(minted -> assertThat(everything).doesNotContain(minted));
        }
    }

    private ExchangeEvent event() {
        assertThat(world.events()).hasSize(1);
        return world.events().getFirst();
    }
}
