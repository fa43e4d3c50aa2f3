package dev.octosts.exchange.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestJson;
import dev.octosts.exchange.bearer.TestKey;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Verified;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which keys of a set are tried for a token, and how many. */
class KeySelectionTest {
    private final KeySetFixture world = new KeySetFixture();
    private final TestIssuer issuer = world.issuer;
    private final TokenVerifier verifier = world.verifier;

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

        world.assertUnverified(issuer.signedBy(keys[48]));
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

        world.assertVerified(issuer.token());
    }

    @Test
    void is_tried_in_whole_for_a_token_that_names_no_key() {
        issuer.has(TestKey.of("RS256", "k2", 2), TestKey.of("ES256", "k3"), TestKey.of("RS256", "k1"));
        TestKey unnamed = new TestKey(null, "RS256", issuer.keys.get(2).pair());

        world.assertVerified(issuer.signedBy(unnamed));
    }

    @Test
    void tries_every_key_of_a_name() {
        issuer.has(TestKey.of("RS256", "dup", 1), TestKey.of("RS256", "dup", 2));

        world.assertVerified(issuer.signedBy(issuer.keys.get(1)));
    }

    @Test
    void tries_its_unnamed_keys_for_a_token_that_names_one() {
        issuer.has(TestKey.of("RS256", null));

        world.assertVerified(issuer.tokenWithHeader(h -> h.put("kid", "some")));
        world.assertVerified(issuer.token());
    }

    @Test
    void does_not_try_keys_of_another_name_or_type() {
        issuer.has(TestKey.of("RS256", "a"), TestKey.of("ES256", "b")).lists("RS256", "ES256");

        world.assertVerified(issuer.token());
        world.assertUnverified(issuer.tokenWithHeader(h -> h.put("kid", "b")));
    }

    @Test
    void finds_a_named_key_among_many() {
        publishes(150, issuer.key().jwk());

        world.assertVerified(issuer.token());
        world.assertUnverified(issuer.tokenWithHeader(h -> h.remove("kid")));
    }

    @Test
    void keeps_a_thousand_keys_and_no_more() throws MalformedException {
        assertThat(KeySet.parse(publishes(1100, issuer.key().jwk())).size()).isEqualTo(1000);
    }
}
