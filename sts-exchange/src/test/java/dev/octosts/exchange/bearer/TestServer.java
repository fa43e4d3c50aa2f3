package dev.octosts.exchange.bearer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on 127.0.0.1 that answers what a test writes, byte for byte, and then closes the connection. */
public final class TestServer implements AutoCloseable {
    public final AtomicInteger calls = new AtomicInteger();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));

    public TestServer() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    public interface Page {
        /** Writes status line, headers and body; a page that writes nothing resets the connection. */
        void answer(Request request, OutputStream answer) throws IOException;
    }

    /**
     * A request.
     *
     * @param target path and query, or the whole address when the client takes the server for a proxy
     * @param headers as they came, in lower case
     */
    public record Request(String target, List<String> headers) {}

    public TestServer page(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** An answer with its length, and further header lines. */
    public static Page answer(int status, String body, String... headers) {
        return (_, answer) -> {
            String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
            String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            write(answer, "HTTP/1.1 " + status + " Status\r\nConnection: close\r\n" + length + lines + "\r\n" + body);
        };
    }

    public static void write(OutputStream answer, String text) throws IOException {
        answer.write(text.getBytes(StandardCharsets.ISO_8859_1));
        answer.flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String start = lines.readLine();
            if (start == null) {
                return;
            }
            calls.incrementAndGet();
            List<String> headers = new ArrayList<>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                headers.add(line.toLowerCase(Locale.ROOT));
            }
            String target = start.split(" ", -1)[1];
            String path = URI.create(target).getPath();
            pages.getOrDefault(path, answer(404, "no")).answer(new Request(target, headers), socket.getOutputStream());
        } catch (IOException _) {
            // The client has left, as some tests want it to.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
