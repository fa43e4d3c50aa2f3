package dev.octosts.app.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends requests of the process to itself, so that the server, JAX-RS and JSON-B have worked once before a caller
 * comes.
 */
final class LocalRequests {

    private static final int ROUNDS = 8;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final byte[] REQUEST =
            "GET /healthcheck HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private LocalRequests() {}

    static void send(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var answer = new byte[8_192];
            for (int round = 0; round < ROUNDS; round++) {
                socket.getOutputStream().write(REQUEST);
                if (socket.getInputStream().read(answer) < 0) {
                    return;
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
