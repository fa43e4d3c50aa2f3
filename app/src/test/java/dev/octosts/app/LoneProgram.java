package dev.octosts.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** A program without a GitHub: what it needs to start, and bytes that no HTTP client sends to it. */
final class LoneProgram {

    static final Map<String, String> VARIABLES = Map.of(
            "STS_DOMAIN", "sts.example.com",
            "GITHUB_APP_IDS", "1001",
            "GITHUB_BASE_URL", "https://127.0.0.1:1",
            "OCTOSTS_ISSUER_ALLOW_LOOPBACK", "true",
            "APP_SECRET_CERTIFICATE_ENV_VAR", privateKey());

    private LoneProgram() {}

    static Socket connection(PackagedProgram program) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), program.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    static String raw(PackagedProgram program, String request) throws IOException {
        try (var socket = connection(program)) {
            send(socket, request);
            return firstBytes(socket);
        }
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String firstBytes(Socket socket) throws IOException {
        var answer = new byte[8_192];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
    }

    private static String privateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var der = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
