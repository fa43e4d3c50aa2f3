package dev.octosts.probers;

import dev.octosts.api.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a form that is posted to the root of an AWS service.
 *
 * @param region such as {@code eu-central-1}
 * @param service such as {@code sts}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS:
 *     Signature Version 4</a>
 */
record AwsSignature(String region, String service, AwsCredentials credentials) {

    static final String FORM = "application/x-www-form-urlencoded";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String END = "aws4_request";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE = 8;

    /**
     * The credentials with which a request is signed.
     *
     * @param secret the secret access key
     * @param session the session token of temporary credentials; a secret
     */
    record AwsCredentials(String id, String secret, Optional<String> session) {

        @Override
        public String toString() {
            return "Credentials[" + id + "]";
        }
    }

    /** The headers to send in addition to the host. */
    Map<String, String> headers(URI address, String form, Instant now) {
        var time = TIME.format(now);
        var signed = new TreeMap<String, String>();
        signed.put("content-type", FORM);
        signed.put("host", address.getRawAuthority());
        signed.put("x-amz-date", time);
        credentials.session().ifPresent(session -> signed.put("x-amz-security-token", session));
        var names = String.join(";", signed.keySet());
        var lines = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        var request = "POST\n/\n\n" + lines + "\n" + names + "\n" + Sha256.hex(form);
        var scope = time.substring(0, DATE) + "/" + region + "/" + service + "/" + END;
        var signature = HexFormat.of()
                .formatHex(hmac(key(time), ALGORITHM + "\n" + time + "\n" + scope + "\n" + Sha256.hex(request)));
        var headers = new TreeMap<>(signed);
        headers.remove("host");
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.id() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
        return headers;
    }

    private byte[] key(String time) {
        byte[] key = ("AWS4" + credentials.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {time.substring(0, DATE), region, service, END}) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
        }
    }
}
