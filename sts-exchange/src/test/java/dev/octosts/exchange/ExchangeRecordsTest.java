package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Evidence;
import dev.octosts.api.ExchangeEvent.Outcome;
import dev.octosts.api.ExchangeEvent.RuleResult;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.GrantedTokens;
import dev.octosts.api.HeldToken;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.Sha256;
import dev.octosts.exchange.spi.AuditRecorder;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.exchange.store.MemoryUsedTokens;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that keeps records: no token leaves before its record is kept. */
@Timeout(60)
class ExchangeRecordsTest {

    private static final Problem NOT_RECORDED =
            new Problem(UNAVAILABLE, "the exchange cannot be recorded at the moment; try again in a moment");

    private final Records records = new Records();

    /** Keeps records in memory, unless a test says not to. */
    private static final class Records implements AuditRecorder {

        private final List<ExchangeEvent> kept = new CopyOnWriteArrayList<>();
        private final List<ExchangeEvent> noted = new CopyOnWriteArrayList<>();
        private final List<String> revoked = new CopyOnWriteArrayList<>();
        private volatile boolean ready = true;
        private volatile boolean fails;
        private volatile boolean holdsNothing;
        private final List<String> held = new CopyOnWriteArrayList<>();

        @Override
        public boolean isOn() {
            return true;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void keep(ExchangeEvent granted) throws StoreException {
            if (fails) {
                throw new StoreException("down", null);
            }
            kept.add(granted);
        }

        @Override
        public void hold(ExchangeEvent granted, InstallationToken token) throws StoreException {
            if (holdsNothing) {
                throw new StoreException("down", null);
            }
            held.add(granted.tokenSha256() + " is " + token.value());
        }

        @Override
        public void note(ExchangeEvent event) {
            noted.add(event);
        }

        @Override
        public void revoked(String sha256, Optional<GrantedTokens.Facts> facts) {
            revoked.add(
                    sha256 + " of " + facts.map(GrantedTokens.Facts::subject).orElse("nobody"));
        }
    }

    private ExchangeFixture world() {
        var world = new ExchangeFixture(usual -> usual, records);
        return world.put(world.policy());
    }

    @Test
    void the_record_of_a_token_has_everything_that_explains_it() {
        try (var world = world()) {
            var token = world.granted(world.exchange());

            assertThat(records.noted).isEmpty();
            assertThat(records.kept).singleElement().satisfies(event -> {
                assertThat(event.tokenSha256()).isEqualTo(Sha256.hex(token.value()));
                Evidence evidence = event.evidence();
                assertThat(evidence.policy().path())
                        .isEqualTo((world.scope() + "/.github/chainguard/" + IDENTITY + ".sts.yaml")
                                .toLowerCase(Locale.ROOT));
                assertThat(evidence.policy().blob()).isEqualTo(gitBlob(world.policy()));
                assertThat(evidence.decision())
                        .containsExactly(
                                new RuleResult("issuer", "satisfied"),
                                new RuleResult("subject", "satisfied"),
                                new RuleResult("audience", "satisfied"));
                assertThat(evidence.permissions()).isEqualTo(Map.of("issues", "write"));
                assertThat(evidence.repositories()).containsExactly(GitHubFixture.REPOSITORY);
                assertThat(evidence.minted()).isEqualTo(event.tokenSha256());
                assertThat(evidence.expiresAt()).isEqualTo(token.expiresAt());
            });
            assertThat(world.events()).containsExactlyElementsOf(records.kept);
        }
    }

    /** As {@code git hash-object} computes it. */
    private static String gitBlob(String text) {
        try {
            var process = new ProcessBuilder("git", "hash-object", "--stdin").start();
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void a_token_whose_record_is_lost_is_revoked_and_nobody_gets_it() {
        try (var world = world()) {
            records.fails = true;

            assertThat(refused(world.exchange())).isEqualTo(NOT_RECORDED);

            ExchangeEvent noted = records.noted.getFirst();
            assertThat(noted.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(noted.tokenSha256()).isEmpty();
            assertThat(noted.evidence().minted()).hasSize(64);
            assertThat(world.events().getLast().problem()).isEqualTo(NOT_RECORDED);
            world.gitHub().awaitRevocationOfAllBut();
        }
    }

    @Test
    void a_token_that_could_not_be_kept_to_be_taken_back_is_revoked_and_nobody_gets_it() {
        try (var world = world()) {
            records.holdsNothing = true;

            assertThat(refused(world.exchange())).isEqualTo(NOT_RECORDED);

            assertThat(records.kept).isEmpty();
            world.gitHub().awaitRevocationOfAllBut();

            records.holdsNothing = false;
            var token = world.granted(world.exchange());
            assertThat(records.held).containsExactly(Sha256.hex(token.value()) + " is " + token.value());
        }
    }

    @Test
    void the_record_of_a_token_names_the_workflow_run_that_got_it() {
        try (var world = world()) {
            world.exchange(world.token().claim("run_id", "4242").sign(), world.scope(), IDENTITY);
            world.exchange();

            assertThat(records.kept).extracting(event -> event.evidence().run()).containsExactly("4242", "");
        }
    }

    @Test
    void nothing_is_minted_while_it_is_known_that_the_record_would_be_lost() {
        try (var world = world()) {
            records.ready = false;

            assertThat(refused(world.exchange())).isEqualTo(NOT_RECORDED);

            assertThat(world.gitHub().log().count(Call::finalMint)).isZero();
            assertThat(records.noted)
                    .singleElement()
                    .extracting(ExchangeEvent::problem)
                    .isEqualTo(NOT_RECORDED);
        }
    }

    @Test
    void a_token_that_works_once_works_again_when_the_record_was_lost() {
        try (var world = new ExchangeFixture(
                usual -> usual.taking(TokenReuse.DENY_IN_MEMORY, new MemoryUsedTokens(System::nanoTime)), records)) {
            world.put(world.policy());
            String bearer = world.token().claim("jti", "id-1").sign();
            records.fails = true;
            assertThat(refused(world.exchange(bearer, world.scope(), IDENTITY))).isEqualTo(NOT_RECORDED);

            records.fails = false;

            assertThat(world.exchange(bearer, world.scope(), IDENTITY)).isInstanceOf(ExchangeResult.Granted.class);
        }
    }

    @Test
    void the_record_of_a_refusal_says_which_rule_refused() {
        try (var world = world()) {
            world.exchange(world.token().subject("other").sign(), world.scope(), IDENTITY);

            assertThat(records.kept).isEmpty();
            assertThat(records.noted).singleElement().satisfies(event -> {
                assertThat(event.outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(event.evidence().decision()).contains(new RuleResult("subject", "different"));
                assertThat(event.evidence().minted()).isEmpty();
            });
        }
    }

    @Test
    void an_explanation_is_no_exchange_and_leaves_no_record() {
        try (var world = world()) {
            world.told(world.token().sign());

            assertThat(records.kept).isEmpty();
            assertThat(records.noted).isEmpty();
        }
    }

    @Test
    void a_revocation_by_the_holder_leaves_a_record_with_who_had_the_token() {
        try (var world = world()) {
            var token = world.granted(world.exchange());

            world.holders().revoke(new HeldToken(token.value()));

            assertThat(records.revoked).containsExactly(Sha256.hex(token.value()) + " of " + ExchangeFixture.SUBJECT);
        }
    }
}
