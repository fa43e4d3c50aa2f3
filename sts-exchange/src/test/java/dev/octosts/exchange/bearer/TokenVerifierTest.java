package dev.octosts.exchange.bearer;

import static dev.octosts.exchange.bearer.VerifierFixture.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import dev.octosts.policy.Claims;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are tokens, of which issuers, and which headers and signatures are accepted. */
class TokenVerifierTest {
    private final VerifierFixture world = new VerifierFixture();
    private final TestIssuer issuer = world.issuer;
    private final TokenVerifier verifier = world.verifier;

    @Test
    void hand_out_what_the_issuer_vouches_for() {
        Claims claims = world.claims(issuer.token(c -> {
            c.put("aud", List.of("a", "b"));
            c.put("admin", true);
            c.put("nothing", null);
        }));

        assertThat(claims.issuer()).isEqualTo("https://issuer.example");
        assertThat(claims.subject()).isEqualTo("repo:octo-org/octo-repo:ref:refs/heads/main");
        assertThat(claims.audiences()).containsExactly("a", "b");
        assertThat(claims.all()).containsEntry("admin", true).containsEntry("nothing", null);
    }

    @Test
    void never_print_a_token() {
        assertThat(verifier.verify(issuer.token()).toString()).isEqualTo("Verified[token=VerifiedToken[***]]");
    }

    static Stream<Named<String>> noTokens() {
        return Stream.of(
                Named.of("nothing", ""),
                Named.of("a word", "garbage"),
                Named.of("dots alone", ".."),
                Named.of("a payload that is not base64", "eyJhbGciOiJSUzI1NiJ9.%%%.c2ln"),
                Named.of(
                        "a padded payload",
                        "e30." + Base64.getUrlEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_8)) + ".x"),
                Named.of("a payload in the other base64 alphabet", "e30.eyJhIjoiPz8/Pj4+In0.x"),
                Named.of("a payload that is not JSON", payload("hello")),
                Named.of(
                        "a payload of invalid UTF-8",
                        "e30." + TestKey.base64(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}) + ".x"),
                Named.of("an array", payload("[1]")),
                Named.of("a string", payload("\"x\"")),
                Named.of("null", payload("null")),
                Named.of("two values", payload("{}{}")),
                Named.of("a numeric issuer", payload("{\"iss\":5}")),
                Named.of("a null issuer", payload("{\"iss\":null}")),
                Named.of("a numeric subject", payload("{\"iss\":\"https://issuer.example\",\"sub\":5}")),
                Named.of(
                        "two issuers",
                        payload("{\"iss\":\"https://issuer.example\",\"iss\":\"https://issuer.example\"}")),
                Named.of("deep nesting", payload("{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}")),
                Named.of("a number of many digits", payload("{\"a\":" + "9".repeat(20_000) + "}")),
                Named.of(
                        "the JSON serialization of a JWS",
                        "{\"payload\":\"e30\",\"protected\":\"e30\",\"signature\":\"\"}"),
                Named.of("a megabyte", "e30." + "A".repeat(1 << 20) + ".x"));
    }

    private static String payload(String json) {
        return "e30." + TestIssuer.part(json) + ".x";
    }

    @ParameterizedTest
    @MethodSource("noTokens")
    void take_for_no_token(String text) {
        assertThat(world.reason(text)).isEqualTo(Reason.NOT_A_TOKEN);
        assertThat(issuer.discoveries).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"ISS\":\"https://issuer.example\"}",
                "{\"iss\":\"\"}",
                "{\"iss\":\"http://issuer.example\"}",
                "{\"iss\":\"https://a\\nb.example\"}"
            })
    void refuse_the_issuer_of(String json) {
        assertThat(world.reason(payload(json))).isEqualTo(Reason.ISSUER_FORMAT);
    }

    @Test
    void escape_what_a_token_says_in_the_detail() {
        Verification verification = verifier.verify(payload("{\"iss\":\"x\\r\\nINFO all is well\\u202e\"}"));

        assertThat(verification)
                .isEqualTo(new Rejected(Reason.ISSUER_FORMAT, "x\\u000d\\u000aINFO all is well\\u202e"));
    }

    @Test
    void ask_only_issuers_on_the_operators_list() {
        Lifetimes lifetimes = Lifetimes.standard();
        TokenVerifier listing =
                world.verifier(new PermittedIssuers(Set.of("https://other.example"), false, false, lifetimes));
        TokenVerifier listed =
                world.verifier(new PermittedIssuers(Set.of("https://issuer.example"), false, false, lifetimes));

        assertThat(listing.verify(issuer.token()))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.ISSUER_NOT_PERMITTED));
        assertThat(issuer.discoveries).hasValue(0);
        assertThat(listed.verify(issuer.token())).isInstanceOf(Verified.class);
        assertThat(((Rejected) listing.verify(payload("{\"iss\":\"ftp://x\"}"))).reason())
                .isEqualTo(Reason.ISSUER_FORMAT);
    }

    @Test
    void take_google_without_a_scheme_for_the_https_form() {
        TestIssuer google = new TestIssuer("https://accounts.google.com");
        TokenVerifier verifier = TestVerifiers.over(google);

        assertThat(verifier.verify(google.token(c -> c.put("iss", "accounts.google.com"))))
                .isInstanceOfSatisfying(Verified.class, v -> {
                    assertThat(v.token().claims().issuer()).isEqualTo("https://accounts.google.com");
                    assertThat(v.token().claims().all()).containsEntry("iss", "https://accounts.google.com");
                });
    }

    static Stream<Named<UnaryOperator<String>>> damages() {
        return Stream.of(
                damage("without its signature", t -> t.substring(0, t.lastIndexOf('.'))),
                damage("with an empty signature", t -> t.substring(0, t.lastIndexOf('.') + 1)),
                damage("of four parts", t -> t + ".x"),
                damage("of five parts", t -> t + ".x.y"),
                damage("with a padded signature", t -> t + "=="),
                damage("with another signature", t -> t.substring(0, t.length() - 9) + "AAAAAAAAA"),
                damage("with a header that is no JSON", t -> TestIssuer.part("xx") + t.substring(t.indexOf('.'))),
                damage("with a header that is not base64", t -> "é" + t),
                damage("with an empty header", t -> t.substring(t.indexOf('.'))),
                damage("with a header of 60 KB", t -> "A".repeat(60_000) + t.substring(t.indexOf('.'))));
    }

    private static Named<UnaryOperator<String>> damage(String name, UnaryOperator<String> change) {
        return Named.of(name, change);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void do_not_verify_a_token(UnaryOperator<String> damage) {
        world.claims(issuer.token());

        assertThat(world.reason(damage.apply(issuer.token()))).isEqualTo(Reason.UNVERIFIED);
    }

    @Test
    void ask_the_issuer_before_they_look_at_header_and_signature() {
        issuer.goesDown();

        assertThat(world.reason("xx." + TestIssuer.part(TestJson.of(issuer.claims()))))
                .isEqualTo(Reason.PROVIDER_UNAVAILABLE);
    }

    static Stream<Named<Consumer<Map<String, @Nullable Object>>>> badHeaders() {
        return Stream.of(
                change("without alg", h -> h.remove("alg")),
                change("with a numeric alg", h -> h.put("alg", 5)),
                change("with alg none", h -> h.put("alg", "none")),
                change("with alg nOnE", h -> h.put("alg", "nOnE")),
                change("with alg HS256", h -> h.put("alg", "HS256")),
                change("with alg rs256", h -> h.put("alg", "rs256")),
                change("with alg RS512", h -> h.put("alg", "RS512")),
                change("with an unknown critical extension", h -> h.put("crit", List.of("x"))),
                change("with an empty list of critical extensions", h -> h.put("crit", List.of())),
                change("with detached payload", h -> {
                    h.put("b64", false);
                    h.put("crit", List.of("b64"));
                }),
                change("with a numeric kid", h -> h.put("kid", 1)),
                change("with an unknown kid", h -> h.put("kid", "nope")));
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void do_not_verify_a_header(Consumer<Map<String, @Nullable Object>> change) {
        world.claims(issuer.tokenWithHeader(_ -> {}));

        assertThat(world.reason(issuer.tokenWithHeader(change))).isEqualTo(Reason.UNVERIFIED);
    }

    @Test
    void ignore_keys_and_addresses_of_keys_in_the_header() {
        TestKey foreign = TestKey.of("RS256", "k1", 2);
        Map<String, @Nullable Object> header = TestIssuer.header(foreign);
        header.put("jwk", foreign.jwk());
        header.put("jku", "https://evil.example/jwks");

        assertThat(world.reason(TestIssuer.signed(foreign, header, TestJson.of(issuer.claims()))))
                .isEqualTo(Reason.UNVERIFIED);
        header.put("alg", "RS256");
        assertThat(issuer.discoveries).hasValue(1);
        world.claims(issuer.tokenWithHeader(h -> h.put("jku", "https://evil.example/jwks")));
    }

    @Test
    void do_not_believe_one_issuer_for_another() {
        TestIssuer other = new TestIssuer("https://other.example").has(TestKey.of("RS256", "k1", 3));

        assertThat(world.reason(other.token(c -> c.put("iss", issuer.url())))).isEqualTo(Reason.UNVERIFIED);
    }
}
