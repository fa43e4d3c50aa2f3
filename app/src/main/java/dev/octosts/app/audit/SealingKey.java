package dev.octosts.app.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals tokens with AES-256-GCM. What is sealed for one name cannot be opened for another. */
public final class SealingKey {

    /** Far more than a key takes in any of its forms. */
    public static final int MAX_BYTES = 256;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=");

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private SealingKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /**
     * Reads a key: 32 bytes, or their text in base64 or hexadecimal.
     *
     * @throws IllegalArgumentException when it is none; the message shows nothing of it
     */
    public static SealingKey of(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        if (HEX.matcher(text).matches()) {
            return new SealingKey(HexFormat.of().parseHex(text));
        }
        if (BASE64.matcher(text).matches()) {
            return new SealingKey(Base64.getDecoder().decode(text));
        }
        if (content.length == KEY_BYTES) {
            return new SealingKey(content);
        }
        throw new IllegalArgumentException("there is no key of 32 bytes in it; make one with: openssl rand -base64 32");
    }

    /**
     * Seals a text.
     *
     * @param name what it is sealed for
     */
    public String seal(String name, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no AES-GCM", impossible);
        }
    }

    /** Opens what {@link #seal} made; empty when another key, another name or somebody else made it. */
    public Optional<String> open(String name, String sealed) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed);
            if (all.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            return Optional.of(new String(
                    cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES),
                    StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | AEADBadTagException other) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no AES-GCM", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return "SealingKey[***]";
    }
}
