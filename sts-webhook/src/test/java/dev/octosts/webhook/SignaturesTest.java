package dev.octosts.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octosts.api.DeliveryBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

    /** GitHub's own example. */
    private static final String SECRET = "It's a Secret to Everybody";

    private static final DeliveryBody BODY = body("Hello, World!");
    private static final String SIGNATURE = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static DeliveryBody body(String... parts) {
        return new DeliveryBody(List.of(parts).stream()
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    private static Signatures by(String... secrets) {
        return new Signatures(secrets(secrets));
    }

    private static WebhookSecrets secrets(String... texts) {
        return new WebhookSecrets(Stream.of(texts).map(WebhookSecret::new).toList());
    }

    @Test
    void vouch_for_githubs_example() {
        assertThat(by(SECRET).vouchFor(BODY, "sha256=" + SIGNATURE)).isTrue();
        assertThat(by(SECRET).vouchFor(body("Hello", ", Wor", "ld!"), "sha256=" + SIGNATURE))
                .isTrue();
    }

    @Test
    void vouch_by_any_secret_in_any_order() {
        assertThat(by("other", SECRET).vouchFor(BODY, "sha256=" + SIGNATURE)).isTrue();
        assertThat(by(SECRET, "other").vouchFor(BODY, "sha256=" + SIGNATURE)).isTrue();
        assertThat(by("other", "another").vouchFor(BODY, "sha256=" + SIGNATURE)).isFalse();
        assertThat(by().vouchFor(BODY, "sha256=" + SIGNATURE)).isFalse();
    }

    @Test
    void vouch_by_the_secrets_that_there_are_when_the_delivery_comes() {
        var secrets = secrets("other");
        var signatures = new Signatures(secrets);
        assertThat(signatures.vouchFor(BODY, "sha256=" + SIGNATURE)).isFalse();

        secrets.replace(List.of(new WebhookSecret(SECRET), new WebhookSecret("next")));
        assertThat(signatures.vouchFor(BODY, "sha256=" + SIGNATURE)).isTrue();

        secrets.replace(List.of(new WebhookSecret("next")));
        assertThat(signatures.vouchFor(BODY, "sha256=" + SIGNATURE)).isFalse();
    }

    @Test
    void are_never_left_without_a_secret_once_there_was_one() {
        var secrets = secrets(SECRET);

        assertThatIllegalArgumentException().isThrownBy(() -> secrets.replace(List.of()));
        assertThat(new Signatures(secrets).vouchFor(BODY, "sha256=" + SIGNATURE))
                .isTrue();
        assertThat(secrets).asString().doesNotContain(SECRET);
    }

    @Test
    void know_a_secret_by_its_bytes_and_show_none_of_them() {
        byte[] text = SECRET.getBytes(StandardCharsets.UTF_8);
        var secret = new WebhookSecret(text);
        Arrays.fill(text, (byte) 0);

        assertThat(secret)
                .isEqualTo(new WebhookSecret(SECRET))
                .hasSameHashCodeAs(new WebhookSecret(SECRET))
                .isNotEqualTo(new WebhookSecret("other"))
                .hasToString("WebhookSecret[***]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha1=757107ea0eb2509fc211221cce984b8a37570b6d",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1g",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17 ",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17,sha256=00",
                "sha256=857107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "SHA256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
            })
    void do_not_vouch_for(String signature) {
        assertThat(by(SECRET).vouchFor(BODY, signature)).isFalse();
    }

    @Test
    void vouch_for_every_byte() {
        assertThat(by(SECRET).vouchFor(body("Hello, World!\n"), "sha256=" + SIGNATURE))
                .isFalse();
        assertThat(by(SECRET).vouchFor(BODY, "sha256=" + SIGNATURE.toUpperCase(Locale.ROOT)))
                .isTrue();
    }

    @Test
    void show_no_secret() {
        assertThat(new WebhookSecret(SECRET).toString()).doesNotContain("Secret to");
    }
}
