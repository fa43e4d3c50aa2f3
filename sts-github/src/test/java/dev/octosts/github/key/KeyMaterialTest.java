package dev.octosts.github.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.key.RsaKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;

class KeyMaterialTest {

    private static final KeyPair KEYS = RsaKeys.make();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void is_the_same_key_in_the_form_of_github_and_in_the_newer_one() {
        try (var sandbox = Sandbox.start()) {
            var app = sandbox.github().app("octo-sts");
            try (var github = KeyMaterial.ofPem(bytes(app.pkcs1Pem()));
                    var newer = KeyMaterial.ofPem(bytes(RsaKeys.pem(app.privateKey())))) {
                assertThat(github.pkcs8())
                        .isEqualTo(newer.pkcs8())
                        .isEqualTo(app.privateKey().getEncoded());
                assertThat(github.publicKey()).isEqualTo(app.publicKey());
                assertThat(github.bits()).isEqualTo(2048);
            }
        }
    }

    @Test
    void leaves_no_byte_of_the_key_behind() {
        byte[] text = bytes(RsaKeys.pem(KEYS.getPrivate()));
        var key = KeyMaterial.ofPem(text);
        byte[] pkcs8 = key.pkcs8();
        assertThat(pkcs8).isEqualTo(KEYS.getPrivate().getEncoded());

        key.close();

        assertThat(pkcs8).containsOnly(0);
        assertThat(key).hasToString("KeyMaterial[***]");
    }

    @Test
    void is_encrypted_so_that_its_receiver_reads_it_and_each_time_anew() throws SigningException {
        try (var key = KeyMaterial.ofPem(bytes(RsaKeys.pem(KEYS.getPrivate())))) {
            byte[] wrapped = KeyWrap.wrapped(key, RsaKeys.wrapping().getPublic().getEncoded());

            assertThat(RsaKeys.unwrapped(wrapped).getPrivate()).isEqualTo(KEYS.getPrivate());
            assertThat(KeyWrap.wrapped(key, RsaKeys.pem(RsaKeys.wrapping().getPublic())))
                    .hasSameSizeAs(wrapped)
                    .isNotEqualTo(wrapped);
        }
    }

    @Test
    void is_encrypted_with_no_key_that_protects_less() {
        try (var key = KeyMaterial.ofPem(bytes(RsaKeys.pem(KEYS.getPrivate())))) {
            for (KeyPair weak : new KeyPair[] {RsaKeys.make("RSA", 1024), RsaKeys.make("EC", 256)}) {
                assertThatExceptionOfType(SigningException.class)
                        .isThrownBy(() -> KeyWrap.wrapped(key, weak.getPublic().getEncoded()))
                        .satisfies(
                                failed -> assertThat(failed.fault()).isEqualTo(SigningException.SigningFault.FAILING));
            }
            assertThatExceptionOfType(SigningException.class).isThrownBy(() -> KeyWrap.wrapped(key, "no key"));
        }
    }
}
