package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PemTest {

    @Test
    void reads_both_forms_of_a_key() {
        assertThat(Pem.rsaKey(TestKeys.pkcs8(TestKeys.RSA))).isEqualTo(TestKeys.RSA.getPrivate());
        assertThat(Pem.rsaKey(TestKeys.pkcs1(TestKeys.RSA))).isEqualTo(TestKeys.RSA.getPrivate());
    }

    @Test
    void reads_a_key_with_windows_line_ends_and_text_around_it() {
        var text = "comment\r\n" + TestKeys.pkcs1(TestKeys.RSA).replace("\n", "\r\n") + "\r\nmore";

        assertThat(Pem.rsaKey(text)).isEqualTo(TestKeys.RSA.getPrivate());
    }

    @Test
    void reads_a_key_whose_line_ends_are_written_out() {
        var text = TestKeys.pkcs1(TestKeys.RSA);

        assertThat(Pem.rsaKey(text.replace("\n", "\\n"))).isEqualTo(TestKeys.RSA.getPrivate());
        assertThat(Pem.rsaKey(text.replace("\n", "\\r\\n"))).isEqualTo(TestKeys.RSA.getPrivate());
    }

    @Test
    void reads_bytes_and_leaves_them_to_who_has_them() {
        byte[] text = TestKeys.pkcs1(TestKeys.RSA).getBytes(StandardCharsets.UTF_8);

        assertThat(Pem.rsaKey(text)).isEqualTo(TestKeys.RSA.getPrivate());
        assertThat(Pem.rsaKey(text)).isEqualTo(TestKeys.RSA.getPrivate());
    }

    @Test
    void reads_a_key_behind_a_byte_order_mark() {
        assertThat(Pem.rsaKey("\ufeff" + TestKeys.pkcs8(TestKeys.RSA))).isEqualTo(TestKeys.RSA.getPrivate());
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> refuses_without_repeating_the_text() {
        var good = TestKeys.pkcs8(TestKeys.RSA);
        return Map.of(
                        "garbage", "hello",
                        "a damaged end", good.replace("-----END", "-----XEND"),
                        "an EC key", TestKeys.pkcs8(TestKeys.EC),
                        "an EC key of the old form", TestKeys.pem("EC PRIVATE KEY", new byte[] {1, 2, 3}),
                        "a weak key", TestKeys.pkcs8(TestKeys.WEAK),
                        "an encrypted key", TestKeys.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}),
                        "half a key", TestKeys.pem("PRIVATE KEY", new byte[] {0x30, 0x10, 2, 1, 0}),
                        "a public key",
                                TestKeys.pem(
                                        "PUBLIC KEY", TestKeys.RSA.getPublic().getEncoded()),
                        "too much", "x".repeat(Pem.MAX_LENGTH) + good)
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> assertThatThrownBy(() -> Pem.rsaKey(row.getValue()))
                                .isInstanceOf(IllegalArgumentException.class)
                                .message()
                                .contains("key")
                                .doesNotContain("BEGIN")
                                .hasSizeLessThan(120)));
    }
}
