package dev.octosts.exchange.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestJson;
import dev.octosts.exchange.bearer.TestKey;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithms, and keys that are left out. */
class KeySetTest {
    private final KeySetFixture world = new KeySetFixture();
    private final TestIssuer issuer = world.issuer;

    private void publishes(Map<String, @Nullable Object> jwk) {
        byte[] json = TestJson.bytes(Map.of("keys", List.of(jwk)));
        issuer.keySetAnswer = () -> json;
    }

    private static Map<String, @Nullable Object> jwk(TestKey key, Consumer<Map<String, @Nullable Object>> change) {
        Map<String, @Nullable Object> jwk = key.jwk();
        change.accept(jwk);
        return jwk;
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void verifies_what_the_issuer_lists(String algorithm) {
        issuer.has(TestKey.of(algorithm, "k1")).lists(algorithm);

        world.assertVerified(issuer.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "PS256", "ES256", "EdDSA"})
    void takes_rs256_for_the_only_algorithm_when_none_is_listed(String algorithm) {
        issuer.has(TestKey.of(algorithm, "k1"), TestKey.of("RS256", "k2"));

        world.assertUnverified(issuer.token());
        world.assertVerified(issuer.signedBy(issuer.keys.get(1)));
    }

    @Test
    void takes_rs256_for_the_only_algorithm_when_none_that_is_listed_is_believed() {
        issuer.lists("HS256", "none");

        world.assertVerified(issuer.token());
    }

    @Test
    void refuses_an_algorithm_that_is_not_listed() {
        issuer.lists("ES256");

        world.assertUnverified(issuer.token());
    }

    @Test
    void refuses_a_der_signature() {
        TestKey key = TestKey.of("ES256", "k1");
        issuer.has(key).lists("ES256");
        String input = TestIssuer.part(TestJson.of(TestIssuer.header(key))) + "."
                + TestIssuer.part(TestJson.of(issuer.claims()));

        world.assertVerified(input + "." + TestKey.base64(key.sign("SHA256withECDSAinP1363Format", input)));
        world.assertUnverified(input + "." + TestKey.base64(key.sign("SHA256withECDSA", input)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 64, 65, 72})
    void refuses_an_ec_signature_of_zeroes(int length) {
        TestKey key = TestKey.of("ES256", "k1");
        issuer.has(key).lists("ES256");
        String token = issuer.token();

        world.assertVerified(token);
        world.assertUnverified(token.substring(0, token.lastIndexOf('.') + 1) + TestKey.base64(new byte[length]));
    }

    static Stream<Named<Consumer<Map<String, @Nullable Object>>>> unusable() {
        return Stream.of(
                Named.of("for encryption", k -> k.put("use", "enc")),
                Named.of("for certificates", k -> k.put("use", "x509-svid")),
                Named.of("for what is no text", k -> k.put("use", 5)),
                Named.of("for an unknown algorithm", k -> k.put("alg", "RSA-OAEP")),
                Named.of("for another algorithm", k -> k.put("alg", "RS512")),
                Named.of("of no type", k -> k.remove("kty")),
                Named.of("of an unknown type", k -> k.put("kty", "FOO")),
                Named.of("without a modulus", k -> k.remove("n")),
                Named.of("with an even exponent", k -> k.put("e", "AQAC")),
                Named.of("with exponent 1", k -> k.put("e", "AQ")),
                Named.of("with an exponent above 65537", k -> k.put("e", "AQAD")),
                Named.of("with an exponent of 64 bits", k -> k.put("e", "__________8")),
                Named.of("of 4098 bits", k -> k.put("n", "A" + "_".repeat(683))),
                Named.of("with a modulus that is no base64", k -> k.put("n", "%%%")),
                Named.of("of 65536 bits", k -> k.put("n", "_".repeat(10_922))));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void leaves_out_a_key(Consumer<Map<String, @Nullable Object>> change) {
        publishes(jwk(issuer.key(), _ -> {}));
        world.assertVerified(issuer.token());
        publishes(jwk(issuer.key(), change));
        TokenVerifier others = TestVerifiers.over(issuer);

        assertThat(others.verify(issuer.token())).isInstanceOf(Rejected.class);
    }

    @Test
    void leaves_out_a_point_that_is_not_on_the_curve() throws MalformedException {
        Map<String, @Nullable Object> jwk = jwk(TestKey.of("ES256", "k1"), k -> k.put("x", k.get("y")));

        assertThat(KeySet.parse(TestJson.bytes(Map.of("keys", List.of(jwk)))).isUsable())
                .isFalse();
    }

    @Test
    void refuses_rsa_keys_under_2048_bits() {
        issuer.has(TestKey.rsa(1024));

        world.assertUnverified(issuer.token());
    }

    @Test
    void needs_neither_alg_nor_use() {
        publishes(jwk(issuer.key(), k -> {
            k.remove("alg");
            k.remove("use");
        }));

        world.assertVerified(issuer.token());
    }

    @Test
    void takes_the_keys_of_a_spiffe_bundle() {
        publishes(jwk(issuer.key(), k -> k.put("use", "jwt-svid")));

        world.assertVerified(issuer.token());
    }

    @ParameterizedTest
    @CsvSource({"Ed25519,EdDSA,EdDSA", "EdDSA,Ed25519,EdDSA", "EdDSA,EdDSA,Ed25519", "Ed25519,Ed25519,Ed25519"})
    void takes_ed25519_for_eddsa(String ofHeader, String ofKey, String listed) {
        TestKey key = TestKey.of("EdDSA", "k1");
        issuer.has(key).lists(listed);
        publishes(jwk(key, k -> k.put("alg", ofKey)));

        world.assertVerified(issuer.tokenWithHeader(h -> h.put("alg", ofHeader)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"keys\":5}",
                "{\"keys\":null}",
                "{\"keys\":[]}",
                "<html>",
                "{\"keys\":[{}]"
            })
    void cannot_verify_anything_when_it_reads(String json) {
        issuer.keySetAnswer = () -> json.getBytes(StandardCharsets.UTF_8);

        world.assertUnverified(issuer.token());
    }
}
