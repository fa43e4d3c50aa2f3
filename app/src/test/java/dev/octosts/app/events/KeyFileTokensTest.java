package dev.octosts.app.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.octosts.api.Egress;
import dev.octosts.app.settings.EventIdentity;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.RecordingServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import dev.octosts.sandbox.key.RsaKeys;
import dev.octosts.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for the key of a service account, from a token endpoint as Google's documentation describes it. */
class KeyFileTokensTest {

    private static final Instant START = Instant.parse("2026-11-26T17:00:00Z");
    private static final URI SINK = URI.create("https://events.example.com/ingress?key=s3cret");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicReference<Optional<Answer>> planned = new AtomicReference<>(Optional.empty());
    private final AtomicInteger made = new AtomicInteger();
    private final RecordingServer google = RecordingServer.start(_ -> answer());

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws IOException {
        write("0123abcd", FIRST);
    }

    @AfterEach
    void close() {
        google.close();
    }

    private static final KeyPair FIRST = RsaKeys.make();
    private static final KeyPair SECOND = RsaKeys.make();

    private void write(String id, KeyPair keys) throws IOException {
        Files.writeString(
                folder.resolve("key.json"),
                JSON.createObjectNode()
                        .put("type", "service_account")
                        .put("private_key_id", id)
                        .put("private_key", RsaKeys.pem(keys.getPrivate()))
                        .put("client_email", "sts@p.iam.gserviceaccount.com")
                        .put("token_uri", google.address() + "/token")
                        .toString());
    }

    private Answer answer() {
        return planned.get()
                .orElseGet(() -> Reply.json(
                        200,
                        "{\"id_token\": \""
                                + GoogleIdentityTest.token(
                                        made.incrementAndGet(), now.get().plus(Duration.ofHours(1)))
                                + "\"}"));
    }

    private GoogleIdentity identity() {
        return GoogleIdentity.of(
                new EventIdentity.KeyFile(folder.resolve("key.json").toString()),
                SINK,
                new Egress(AUTHORITY.clientContext(), Optional.empty()),
                ((InstantSource) now::get).withZone(ZoneOffset.UTC));
    }

    private static Map<String, String> form(Request request) {
        return Stream.of(new String(request.body(), StandardCharsets.US_ASCII).split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static JsonNode part(String assertion, int index) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(assertion.split("\\.", -1)[index]));
    }

    private static boolean hasSigned(KeyPair keys, String assertion) throws Exception {
        int end = assertion.lastIndexOf('.');
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update(assertion.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(assertion.substring(end + 1)));
    }

    @Test
    void asks_with_a_signed_assertion_for_a_token_for_the_sink_and_uses_it_until_shortly_before_its_end()
            throws Exception {
        try (var identity = identity()) {
            var token = GoogleIdentityTest.token(1, START.plus(Duration.ofHours(1)));
            assertThat(identity.token()).contains(token);
            now.set(START.plus(Duration.ofMinutes(56)));
            assertThat(identity.token()).contains(token);

            assertThat(google.requests()).hasSize(1);
            var request = google.requests().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            var form = form(request);
            assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            var assertion = form.getOrDefault("assertion", "");
            assertThat(part(assertion, 0))
                    .isEqualTo(JSON.readTree("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"0123abcd\"}"));
            assertThat(part(assertion, 1))
                    .isEqualTo(JSON.createObjectNode()
                            .put("iss", "sts@p.iam.gserviceaccount.com")
                            .put("sub", "sts@p.iam.gserviceaccount.com")
                            .put("aud", google.address() + "/token")
                            .put("target_audience", "https://events.example.com/ingress")
                            .put("iat", (int) START.getEpochSecond())
                            .put("exp", (int) START.getEpochSecond() + 300));
            assertThat(hasSigned(FIRST, assertion)).isTrue();
        }
    }

    @Test
    void signs_the_next_question_with_the_key_that_the_file_has_then() throws Exception {
        try (var identity = identity()) {
            identity.token();
            write("4567cdef", SECOND);
            now.set(START.plus(Duration.ofMinutes(57)));

            assertThat(identity.token())
                    .hasValueSatisfying(token -> assertThat(token).endsWith(".c2ln2"));
            var assertion = form(google.requests().getLast()).getOrDefault("assertion", "");
            assertThat(part(assertion, 0).path("kid").asText()).isEqualTo("4567cdef");
            assertThat(hasSigned(SECOND, assertion)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"400", "500", "{}", "{\"id_token\": 1}", "{\"id_token\": \"a.b\"}", "no JSON", "reset", "long"})
    void has_no_token_while_the_endpoint_gives_none(String fault) {
        planned.set(Optional.of(
                switch (fault) {
                    case "400", "500" -> Reply.empty(Integer.parseInt(fault));
                    case "reset" -> new Answer.Reset();
                    case "long" -> Reply.json(200, "{\"id_token\": \"" + "a".repeat(300_000) + "\"}");
                    default -> Reply.json(200, fault);
                }));
        try (var identity = identity()) {
            assertThat(identity.token()).isEmpty();
            planned.set(Optional.empty());
            assertThat(identity.token()).isPresent();
        }
    }

    @Test
    void has_no_token_while_the_file_has_no_key() throws IOException {
        Files.writeString(folder.resolve("key.json"), "{}");
        try (var identity = identity()) {
            assertThat(identity.token()).isEmpty();
            assertThat(google.requests()).isEmpty();
        }
    }
}
