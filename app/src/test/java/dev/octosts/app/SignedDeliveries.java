package dev.octosts.app;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Delivers to programs as GitHub does. */
final class SignedDeliveries {

    static final String SECRET = "a secret of the webhook";

    private SignedDeliveries() {}

    static HttpResponse<String> deliver(PackagedProgram program, String guid, String event, String payload)
            throws IOException, InterruptedException {
        return deliver(program, 0, guid, event, payload);
    }

    /** By the webhook of one of several Apps. */
    static HttpResponse<String> deliver(PackagedProgram program, long appId, String guid, String event, String payload)
            throws IOException, InterruptedException {
        return program.post(
                "/webhook",
                payload,
                "Content-Type",
                "application/json",
                "X-GitHub-Event",
                event,
                "X-GitHub-Delivery",
                guid,
                "X-GitHub-Hook-Installation-Target-Type",
                "integration",
                "X-GitHub-Hook-Installation-Target-ID",
                Long.toString(appId),
                "X-Hub-Signature-256",
                "sha256=" + signature(payload));
    }

    private static String signature(String payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
