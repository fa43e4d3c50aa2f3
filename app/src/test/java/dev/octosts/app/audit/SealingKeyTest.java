package dev.octosts.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingKeyTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    private static SealingKey key(String text) {
        return SealingKey.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void opens_what_it_sealed_with_the_same_key_in_each_of_its_forms() {
        byte[] bytes = HexFormat.of().parseHex(HEX);
        String sealed = key(HEX + "\n").seal("name", "ghs_token");

        assertThat(key(Base64.getEncoder().encodeToString(bytes)).open("name", sealed))
                .contains("ghs_token");
        assertThat(SealingKey.of(bytes).open("name", sealed)).contains("ghs_token");
        assertThat(key(HEX).seal("name", "ghs_token"))
                .as("never twice the same")
                .isNotEqualTo(sealed);
        assertThat(key(HEX)).hasToString("SealingKey[***]");
    }

    @Test
    void opens_nothing_of_another_key_or_name_and_nothing_that_was_changed() {
        String sealed = key(HEX).seal("name", "ghs_token");
        byte[] changed = Base64.getDecoder().decode(sealed);
        changed[changed.length - 1] ^= 1;

        assertThat(key("f".repeat(64)).open("name", sealed)).isEmpty();
        assertThat(key(HEX).open("other", sealed)).isEmpty();
        assertThat(key(HEX).open("name", Base64.getEncoder().encodeToString(changed)))
                .isEmpty();
        assertThat(key(HEX).open("name", "AAAA")).isEmpty();
        assertThat(key(HEX).open("name", "!")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "0123", "0123456789abcdef0123456789abcde"})
    void takes_nothing_else_for_a_key_and_does_not_show_it(String text) {
        assertThatThrownBy(() -> key(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no key of 32 bytes in it; make one with: openssl rand -base64 32");
    }
}
