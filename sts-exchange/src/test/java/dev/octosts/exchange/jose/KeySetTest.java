package dev.octosts.exchange.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestJson;
import dev.octosts.exchange.bearer.TestKey;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
    private final TestIssuer issuer = new TestIssuer();
    private final TokenVerifier verifier = TestVerifiers.over(issuer);

    private void assertVerified(String token) {
        assertThat(verifier.verify(token)).isInstanceOf(Verified.class);
    }

    private void assertUnverified(String token) {
        assertThat(verifier.verify(token))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.UNVERIFIED));
    }

    private void publishes(Map<String, @Nullable Object> jwk) {
        byte[] json = TestJson.bytes(Map.of("keys", List.of(jwk)));
        issuer.keySetAnswer = () -> json;
    }

    /** That many others of the same kind, and then the given one. */
    private byte[] publishes(int others, Map<String, @Nullable Object> last) {
        List<Map<String, @Nullable Object>> keys = new ArrayList<>();
        Map<String, @Nullable Object> other = TestKey.of("RS256", "other", 2).jwk();
        for (int i = 0; i < others; i++) {
            keys.add(new LinkedHashMap<>(other));
            keys.getLast().put("kid", "other" + i);
        }
        keys.add(last);
        byte[] json = TestJson.bytes(Map.of("keys", keys));
        issuer.keySetAnswer = () -> json;
        return json;
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

        assertVerified(issuer.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "PS256", "ES256", "EdDSA"})
    void takes_rs256_for_the_only_algorithm_when_none_is_listed(String algorithm) {
        issuer.has(TestKey.of(algorithm, "k1"), TestKey.of("RS256", "k2"));

        assertUnverified(issuer.token());
        assertVerified(issuer.signedBy(issuer.keys.get(1)));
    }

    @Test
    void takes_rs256_for_the_only_algorithm_when_none_that_is_listed_is_believed() {
        issuer.lists("HS256", "none");

        assertVerified(issuer.token());
    }

    @Test
    void refuses_an_algorithm_that_is_not_listed() {
        issuer.lists("ES256");

        assertUnverified(issuer.token());
    }

    @Test
    void refuses_a_der_signature() {
        TestKey key = TestKey.of("ES256", "k1");
        issuer.has(key).lists("ES256");
        String input = TestIssuer.part(TestJson.of(TestIssuer.header(key))) + "."
                + TestIssuer.part(TestJson.of(issuer.claims()));

        assertVerified(input + "." + TestKey.base64(key.sign("SHA256withECDSAinP1363Format", input)));
        assertUnverified(input + "." + TestKey.base64(key.sign("SHA256withECDSA", input)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 64, 65, 72})
    void refuses_an_ec_signature_of_zeroes(int length) {
        TestKey key = TestKey.of("ES256", "k1");
        issuer.has(key).lists("ES256");
        String token = issuer.token();

        assertVerified(token);
        assertUnverified(token.substring(0, token.lastIndexOf('.') + 1) + TestKey.base64(new byte[length]));
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
        assertVerified(issuer.token());
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

        assertUnverified(issuer.token());
    }

    @Test
    void needs_neither_alg_nor_use() {
        publishes(jwk(issuer.key(), k -> {
            k.remove("alg");
            k.remove("use");
        }));

        assertVerified(issuer.token());
    }

    @Test
    void takes_the_keys_of_a_spiffe_bundle() {
        publishes(jwk(issuer.key(), k -> k.put("use", "jwt-svid")));

        assertVerified(issuer.token());
    }

    @ParameterizedTest
    @CsvSource({"Ed25519,EdDSA,EdDSA", "EdDSA,Ed25519,EdDSA", "EdDSA,EdDSA,Ed25519", "Ed25519,Ed25519,Ed25519"})
    void takes_ed25519_for_eddsa(String ofHeader, String ofKey, String listed) {
        TestKey key = TestKey.of("EdDSA", "k1");
        issuer.has(key).lists(listed);
        publishes(jwk(key, k -> k.put("alg", ofKey)));

        assertVerified(issuer.tokenWithHeader(h -> h.put("alg", ofHeader)));
    }

    static Stream<Arguments> manyKeys() {
        return Stream.of(
                Arguments.of("RS256", 15, true),
                Arguments.of("RS256", 47, true),
                Arguments.of("RS256", 48, false),
                Arguments.of("ES256", 1, true),
                Arguments.of("ES256", 2, false),
                Arguments.of("EdDSA", 2, true),
                Arguments.of("EdDSA", 3, false),
                Arguments.of("ES384", 1, true),
                Arguments.of("ES384", 2, false),
                Arguments.of("ES512", 1, true),
                Arguments.of("ES512", 2, false));
    }

    @ParameterizedTest
    @MethodSource("manyKeys")
    void tries_keys_up_to_a_limit_of_cost(String algorithm, int others, boolean verified) {
        TestKey[] keys = new TestKey[others + 1];
        Arrays.setAll(keys, i -> TestKey.of(algorithm, null, i < others ? 2 : 1));
        issuer.has(keys).lists(algorithm);

        String unnamed = issuer.signedBy(keys[others]);
        String misnamed = TestIssuer.signed(
                keys[others], Map.of("alg", algorithm, "kid", "unknown"), TestJson.of(issuer.claims()));
        assertThat(verifier.verify(unnamed) instanceof Verified).isEqualTo(verified);
        assertThat(verifier.verify(misnamed) instanceof Verified).isEqualTo(verified);
    }

    @Test
    void tries_keys_of_one_name_up_to_the_same_limit() {
        TestKey[] keys = new TestKey[49];
        Arrays.setAll(keys, i -> TestKey.of("RS256", "dup", i < 48 ? 2 : 1));
        issuer.has(keys);

        assertUnverified(issuer.signedBy(keys[48]));
    }

    @Test
    void is_not_spoilt_by_what_else_it_holds() {
        byte[] json = TestJson.bytes(Map.of(
                "keys",
                List.of(
                        Map.of("kty", "FOO", "kid", "k1"),
                        5,
                        Map.of("kty", "oct", "k", "AAAA"),
                        Map.of("kty", "RSA"),
                        issuer.key().jwk())));
        issuer.keySetAnswer = () -> json;

        assertVerified(issuer.token());
    }

    @Test
    void is_tried_in_whole_for_a_token_that_names_no_key() {
        issuer.has(TestKey.of("RS256", "k2", 2), TestKey.of("ES256", "k3"), TestKey.of("RS256", "k1"));
        TestKey unnamed = new TestKey(null, "RS256", issuer.keys.get(2).pair());

        assertVerified(issuer.signedBy(unnamed));
    }

    @Test
    void tries_every_key_of_a_name() {
        issuer.has(TestKey.of("RS256", "dup", 1), TestKey.of("RS256", "dup", 2));

        assertVerified(issuer.signedBy(issuer.keys.get(1)));
    }

    @Test
    void tries_its_unnamed_keys_for_a_token_that_names_one() {
        issuer.has(TestKey.of("RS256", null));

        assertVerified(issuer.tokenWithHeader(h -> h.put("kid", "some")));
        assertVerified(issuer.token());
    }

    @Test
    void does_not_try_keys_of_another_name_or_type() {
        issuer.has(TestKey.of("RS256", "a"), TestKey.of("ES256", "b")).lists("RS256", "ES256");

        assertVerified(issuer.token());
        assertUnverified(issuer.tokenWithHeader(h -> h.put("kid", "b")));
    }

    @Test
    void finds_a_named_key_among_many() {
        publishes(150, issuer.key().jwk());

        assertVerified(issuer.token());
        assertUnverified(issuer.tokenWithHeader(h -> h.remove("kid")));
    }

    @Test
    void keeps_a_thousand_keys_and_no_more() throws MalformedException {
        assertThat(KeySet.parse(publishes(1100, issuer.key().jwk())).size()).isEqualTo(1000);
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

        assertUnverified(issuer.token());
    }
}
