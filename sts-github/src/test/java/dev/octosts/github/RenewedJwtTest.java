package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.github.fixture.RemoteKey;
import dev.octosts.github.key.GuardedKey;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.sandbox.Await;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JWT of an App whose key is in a key service. */
class RenewedJwtTest {

    private static final KeyPair KEYS = newKeys();
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final RemoteKey key = new RemoteKey(KEYS.getPrivate());
    private final Timer timer = new Timer();
    private final GitHubApp app = new GitHubApp(
            new AppCredential(1001, key),
            ((InstantSource) now::get).withZone(ZoneOffset.UTC),
            (after, task) -> timer.later(after, task));

    /** What was to be done later, which a test does when it wants. */
    private final class Timer {

        private final List<Duration> pauses = new CopyOnWriteArrayList<>();
        private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

        void later(Duration after, Runnable task) {
            pauses.add(after);
            tasks.add(task);
        }

        /** Moves the clock to the time of the last one, and does it. */
        void run() {
            now.set(now.get().plus(pauses.getLast()));
            tasks.getLast().run();
        }
    }

    @Test
    void is_signed_once_for_many_callers() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> call = app::jwt;
            var jwts = new HashSet<String>();
            for (var answer :
                    callers.invokeAll(Stream.generate(() -> call).limit(200).toList())) {
                jwts.add(answer.get());
            }
            assertThat(jwts).hasSize(1);
        }
        assertThat(key.signatures()).isEqualTo(1);
        assertThat(SignedJWT.parse(app.jwt()).verify(new RSASSAVerifier((RSAPublicKey) KEYS.getPublic())))
                .isTrue();
    }

    @Test
    void is_renewed_ahead_of_need_and_never_by_a_caller_after_the_first() throws Exception {
        for (int round = 1; round <= 5; round++) {
            var before = app.jwt();
            Await.until("the next renewal is planned", this::isPlanned);
            assertThat(timer.pauses.getLast()).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(316));

            timer.run();

            Await.until("it is renewed", () -> !app.jwt().equals(before));
            assertThat(key.signatures()).isEqualTo(round + 1);
            assertThat(key.signer()).isEqualTo("app-jwt");
            assertThat(SignedJWT.parse(app.jwt())
                            .getJWTClaimsSet()
                            .getIssueTime()
                            .toInstant())
                    .isEqualTo(now.get().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private boolean isPlanned() {
        return timer.tasks.size() >= key.signatures();
    }

    @Test
    void is_renewed_although_the_timer_slept_with_the_machine() {
        var before = app.jwt();
        now.set(START.plusSeconds(400));

        assertThat(app.jwt()).isEqualTo(before);

        Await.until("it is renewed", () -> !app.jwt().equals(before));
        assertThat(key.signatures()).isEqualTo(2);
    }

    @Test
    void is_signed_anew_when_the_clock_was_set_back() throws Exception {
        app.jwt();
        now.set(START.minus(Duration.ofHours(1)));
        assertThat(SignedJWT.parse(app.jwt()).getJWTClaimsSet().getIssueTime().toInstant())
                .isBefore(now.get());
    }

    @ParameterizedTest
    @ValueSource(longs = {301, 420, 500, 529})
    void is_used_as_long_as_it_is_valid_while_the_service_fails(long seconds) {
        var before = app.jwt();
        key.fail(SigningFault.FAILING, "KMSInternalException");
        now.set(START.plusSeconds(seconds));

        assertThat(app.jwt()).isEqualTo(before);
    }

    @Test
    void is_not_used_when_it_expires() {
        app.jwt();
        key.fail(SigningFault.DENIED, "AccessDeniedException");
        now.set(START.plusSeconds(530));

        assertThatExceptionOfType(NoAnswerException.Unsigned.class)
                .isThrownBy(app::jwt)
                .withMessage(
                        "App 1001 cannot sign with test key vault-7: access is denied" + " (AccessDeniedException)");
    }

    @Test
    void is_not_asked_for_by_every_caller_while_the_service_fails() {
        app.jwt();
        key.fail(SigningFault.THROTTLED, "ThrottlingException");
        now.set(START.plusSeconds(310));
        app.jwt();
        Await.until("it was tried", () -> key.attempts() == 2);
        Await.until("the next attempt is planned", () -> timer.tasks.size() == 2);

        for (int call = 0; call < 1_000; call++) {
            app.jwt();
        }

        assertThat(key.attempts()).isEqualTo(2);
    }

    @Test
    void is_tried_again_with_growing_pauses_until_the_service_signs() {
        try (var log = LogCapture.open()) {
            var before = app.jwt();
            Await.until("the next renewal is planned", this::isPlanned);
            key.fail(SigningFault.THROTTLED, "ThrottlingException");
            var pauses = new ArrayList<Duration>();
            for (int attempt = 2; attempt <= 6; attempt++) {
                int planned = attempt;
                timer.run();
                Await.until("attempt " + attempt, () -> timer.tasks.size() == planned);
                pauses.add(timer.pauses.getLast());
            }
            assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
            assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(45));
            assertThat(log.text())
                    .contains("App 1001 cannot sign with test key vault-7: the key service limits the rate of calls"
                            + " (ThrottlingException); wait, or ask for a higher quota; the last signature is still in"
                            + " use");

            key.recover();
            timer.run();

            Await.until("it is renewed", () -> !app.jwt().equals(before));
            Await.until("the log says so", () -> log.text().contains("App 1001 signs with test key vault-7 again"));
        }
    }

    @Test
    void is_renewed_no_more_when_the_app_has_gone_but_serves_who_still_asks() {
        var before = app.jwt();
        Await.until("the next renewal is planned", this::isPlanned);

        app.retire(List.of());
        timer.run();
        assertThat(key.signatures()).isEqualTo(1);
        assertThat(timer.tasks).hasSize(1);

        now.set(START.plus(Duration.ofMinutes(10)));
        assertThat(app.jwt()).isNotEqualTo(before);
    }

    @Test
    void is_renewed_as_before_when_another_app_goes_on_with_the_key() {
        var before = app.jwt();
        Await.until("the next renewal is planned", this::isPlanned);
        var another = app.with(new AppCredential(1001, List.of(new RemoteKey(KEYS.getPrivate()), key)));

        app.retire(List.of(another));
        timer.run();

        Await.until("it is renewed", () -> !another.jwt().equals(before));
        assertThat(app.with(new AppCredential(1001, List.of(key)))).isSameAs(app);
    }

    @Test
    void tells_which_key_signs_without_a_call_for_it() {
        var guarded = new GuardedKey("vault key octo-sts", () -> key);
        var keyed = new GitHubApp(
                new AppCredential(1001, guarded), Clock.fixed(START, ZoneOffset.UTC), (after, task) -> {});
        assertThat(keyed.fingerprint()).isEmpty();

        keyed.jwt();

        Await.until("it is learnt", () -> keyed.fingerprint().equals(new PemKey(KEYS.getPrivate()).fingerprint()));
        assertThat(keyed.fingerprint())
                .hasValueSatisfying(shown -> assertThat(shown).startsWith("SHA256:"));
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("RSA is part of every JDK", impossible);
        }
    }
}
