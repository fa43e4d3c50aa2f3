package dev.octosts.operators.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a browser keeps while its person is at the provider. So strangers who begin logins and never finish them cost
 * this process nothing.
 *
 * @param state what the provider gives back
 * @param nonce what the ID token must have
 * @param verifier the secret of PKCE
 * @param to the page to go on to
 * @param end when the login must be finished, in seconds since the epoch
 */
record LoginTicket(String state, String nonce, String verifier, String to, long end) {

    private static final int PARTS = 6;
    private static final int LONGEST = 4_000;

    /** A new ticket. */
    static LoginTicket fresh(String to, Instant end) {
        return new LoginTicket(
                OperatorSessions.secret(),
                OperatorSessions.secret(),
                OperatorSessions.secret(),
                to,
                end.getEpochSecond());
    }

    /** The ticket as text that only the holder of the key can have written. */
    String signed(SecretKeySpec key) {
        String text = String.join(
                ".",
                state,
                nonce,
                verifier,
                Long.toString(end),
                Base64.getUrlEncoder().withoutPadding().encodeToString(to.getBytes(StandardCharsets.UTF_8)));
        return text + "." + mac(key, text);
    }

    /** Reads {@link #signed}; empty when another one has written it, or when its time is over. */
    static Optional<LoginTicket> read(String signed, SecretKeySpec key, Instant now) {
        int last = signed.lastIndexOf('.');
        if (last < 0 || signed.length() > LONGEST) {
            return Optional.empty();
        }
        String text = signed.substring(0, last);
        if (!MessageDigest.isEqual(bytes(mac(key, text)), bytes(signed.substring(last + 1)))) {
            return Optional.empty();
        }
        List<String> parts = List.of(text.split("\\.", PARTS));
        var ticket = new LoginTicket(
                parts.get(0),
                parts.get(1),
                parts.get(2),
                new String(Base64.getUrlDecoder().decode(parts.get(4)), StandardCharsets.UTF_8),
                Long.parseLong(parts.get(3)));
        return now.getEpochSecond() < ticket.end() ? Optional.of(ticket) : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String mac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "LoginTicket[***]";
    }
}
