package dev.octosts.sandbox.loss;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The network between the service and its database: it passes bytes on, until a fault wants something else. */
final class NetworkCut implements AutoCloseable {

    /** What becomes of bytes. */
    enum Mode {
        /** They arrive. */
        PASS,
        /** They wait, in both directions; nobody hears that the network has stopped. */
        HOLD,
        /** What the service sends arrives, and what the database answers waits. */
        HOLD_ANSWERS
    }

    private static final int BUFFER = 16 * 1024;

    private final ServerSocket server;
    private final int target;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Mode mode = Mode.PASS;

    /** One connection of the service, and the one to the database that belongs to it. */
    private static final class Connection {
        private final Socket service;
        private final Socket database = new Socket();
        private volatile boolean vanished;

        Connection(Socket service) {
            this.service = service;
        }

        void end() {
            reset(service);
            if (!vanished) {
                reset(database);
            }
        }
    }

    private NetworkCut(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** Begins to pass on to a port of this machine. */
    static NetworkCut before(int target) throws IOException {
        var network = new NetworkCut(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), target);
        Thread.ofPlatform().daemon().name("network").start(network::accept);
        return network;
    }

    int port() {
        return server.getLocalPort();
    }

    void become(Mode wanted) {
        lock.lock();
        try {
            mode = wanted;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every connection at once, by a reset in both directions; what waits is lost. */
    void reset() {
        open.forEach(Connection::end);
    }

    /**
     * Ends every connection for the service alone, as when its machine fails: the database hears nothing of it, and
     * keeps what these connections hold.
     */
    void vanish() {
        for (var connection : open) {
            connection.vanished = true;
            connection.end();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // That is what was wanted.
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var service = server.accept();
                Thread.ofPlatform().daemon().start(() -> connect(service));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket service) {
        var connection = new Connection(service);
        open.add(connection);
        try {
            service.setTcpNoDelay(true);
            connection.database.setTcpNoDelay(true);
            connection.database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            var answers = Thread.ofPlatform().daemon().start(() -> copy(connection, true));
            copy(connection, false);
            answers.join();
        } catch (IOException | InterruptedException gone) {
            // One side is gone: the end of the connection below closes the other one.
        } finally {
            connection.end();
            if (!connection.vanished) {
                open.remove(connection);
            }
        }
    }

    private void copy(Connection connection, boolean answers) {
        var from = answers ? connection.database : connection.service;
        var to = answers ? connection.service : connection.database;
        var buffer = new byte[BUFFER];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitPassage(answers);
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // Both directions end together.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        connection.end();
    }

    private void awaitPassage(boolean answers) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (mode == Mode.HOLD || (mode == Mode.HOLD_ANSWERS && answers)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(connection -> {
            reset(connection.service);
            reset(connection.database);
        });
        become(Mode.PASS);
    }
}
