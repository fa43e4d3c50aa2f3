package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.octosts.github.key.PemKey;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubAppTest {

    private static final KeyPair KEYS = newKeys();
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final GitHubApp app = new GitHubApp(1001, KEYS.getPrivate(), clock(now::get));

    @Test
    void proves_the_app_to_github_for_ten_minutes_at_most() throws Exception {
        var jwt = SignedJWT.parse(app.jwt());
        var claims = jwt.getJWTClaimsSet();
        assertThat(jwt.verify(new RSASSAVerifier((RSAPublicKey) KEYS.getPublic())))
                .isTrue();
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(claims.getIssuer()).isEqualTo("1001");
        Instant issued = claims.getIssueTime().toInstant();
        Instant expires = claims.getExpirationTime().toInstant();
        assertThat(issued).isEqualTo(START.minusSeconds(60));
        assertThat(Duration.between(issued, expires)).isLessThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void is_signed_once_and_reused() {
        String first = app.jwt();
        now.set(START.plusSeconds(400));
        assertThat(app.jwt()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(longs = {420, 479, 480, 600, 86_400})
    void is_renewed_before_it_is_eight_minutes_old(long seconds) throws Exception {
        String first = app.jwt();
        now.set(START.plusSeconds(seconds));
        assertThat(app.jwt()).isNotEqualTo(first);
        assertThat(SignedJWT.parse(app.jwt()).getJWTClaimsSet().getIssueTime().toInstant())
                .isEqualTo(START.plusSeconds(seconds - 60));
    }

    @Test
    void is_signed_anew_when_the_clock_was_set_back() throws Exception {
        app.jwt();
        now.set(START.minus(Duration.ofHours(1)));
        assertThat(SignedJWT.parse(app.jwt()).getJWTClaimsSet().getIssueTime().toInstant())
                .isBefore(now.get());
    }

    @Test
    void is_signed_once_for_many_callers() throws Exception {
        var ticking = new GitHubApp(1, KEYS.getPrivate(), clock(() -> now.getAndUpdate(time -> time.plusSeconds(1))));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> call = ticking::jwt;
            var jwts = new HashSet<String>();
            for (var answer :
                    callers.invokeAll(Stream.generate(() -> call).limit(200).toList())) {
                jwts.add(answer.get());
            }
            assertThat(jwts).hasSize(1);
        }
    }

    @Test
    void is_not_signed_again_by_a_caller_who_was_overtaken() throws Exception {
        var looked = new CountDownLatch(1);
        var overtaken = new CountDownLatch(1);
        var slowClock = clock(() -> {
            if (looked.getCount() > 0) {
                looked.countDown();
                awaited(overtaken);
                return START;
            }
            return START.plusSeconds(1);
        });
        var contended = new GitHubApp(1, KEYS.getPrivate(), slowClock);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = callers.submit(contended::jwt);
            looked.await();
            String quick = contended.jwt();
            overtaken.countDown();
            assertThat(slow.get()).isEqualTo(quick);
        }
    }

    @Test
    void neither_key_nor_jwt_is_ever_printed() {
        String secret = Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded());
        String jwt = app.jwt();
        assertThat(app.toString()).isEqualTo("GitHubApp[1001]").doesNotContain(jwt);
        assertThat(new AppCredential(1001, new PemKey(KEYS.getPrivate())).toString())
                .contains("1001", "***")
                .doesNotContain(secret)
                .doesNotContain(KEYS.getPrivate().toString());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
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
