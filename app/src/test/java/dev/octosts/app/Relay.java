package dev.octosts.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Passes bytes between a browser and the program, and keeps every byte that the browser sends. */
final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore answering = new Semaphore(1);
    private volatile boolean cut;

    private Relay(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** Passes on to a port of this machine. */
    static Relay to(int port) throws IOException {
        var relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    String origin() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Everything that was sent so far. */
    String sent() {
        synchronized (sent) {
            return sent.toString(StandardCharsets.ISO_8859_1);
        }
    }

    void forget() {
        synchronized (sent) {
            sent.reset();
        }
    }

    /** From now on nobody answers. */
    void cut() {
        cut = true;
        open.forEach(Relay::closeQuietly);
    }

    void mend() {
        cut = false;
    }

    /** Answers wait until {@link #release}. */
    void hold() throws InterruptedException {
        answering.acquire();
    }

    void release() {
        answering.release();
    }

    /** Waits until a text was sent. */
    void awaitSent(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        synchronized (sent) {
            while (!sent().contains(text)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("waited in vain for a request with " + text);
                }
                sent.wait(1_000);
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                if (cut) {
                    client.close();
                } else {
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                var program = new Socket()) {
            open.add(client);
            open.add(program);
            program.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            var answers = Thread.ofVirtual().start(() -> copy(program, client, this::awaitRelease));
            copy(client, program, this::keep);
            answers.join();
        } catch (IOException | InterruptedException _) {
            // one side has hung up
        } finally {
            open.remove(client);
        }
    }

    private void keep(byte[] bytes) {
        synchronized (sent) {
            sent.writeBytes(bytes);
            sent.notifyAll();
        }
    }

    private void awaitRelease(byte[] answer) {
        answering.acquireUninterruptibly();
        answering.release();
    }

    private static void copy(Socket from, Socket to, Consumer<byte[]> first) {
        var buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                first.accept(Arrays.copyOf(buffer, length));
                to.getOutputStream().write(buffer, 0, length);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is of no use any more
        }
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
