package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.client.HttpAnswer;
import dev.octosts.sandbox.client.HttpConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the callers of an attack. It belongs to one thread. Another thread may call {@link #close}, which ends any
 * wait. All sockets end by a reset: thousands of orderly ends would use up the ports of this machine.
 */
final class HostileCaller implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int SMALL_BUFFER = 2 * 1024;
    private static final long DRIP_MILLIS = 500;
    private static final long UNREAD_MILLIS = 50;

    private final URI service;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile @Nullable HttpConnection kept;

    HostileCaller(URI service) {
        this.service = service;
    }

    /** Sends a whole request over a connection that is kept alive, and waits for the answer. */
    HttpAnswer call(byte[] request) throws IOException {
        var connection = kept;
        if (connection == null) {
            connection = HttpConnection.open(service, null);
            kept = connection;
            if (ended(0)) {
                close(); // once more: the end came while the connection was opened
            }
        }
        try {
            return connection.send(request);
        } catch (IOException broken) {
            connection.abort();
            kept = null;
            throw broken;
        }
    }

    /** Sends a whole request over a connection of its own, and waits for the answer. */
    void callAnew(byte[] request) throws IOException {
        call(request);
        var connection = kept;
        kept = null;
        if (connection != null) {
            connection.abort();
        }
    }

    /** Sends these bytes over a connection of its own, then one more every half second, until the service closes it. */
    void drip(byte[] first, byte next) throws IOException {
        var socket = open(0);
        try {
            var out = socket.getOutputStream();
            for (out.write(first); !ended(DRIP_MILLIS); out.write(next)) {
                out.flush();
            }
        } finally {
            reset(socket);
        }
    }

    /** Opens that many connections and keeps all of them open, without sending a byte. */
    void idle(int count) throws IOException {
        var opened = new ArrayList<Socket>();
        try {
            while (opened.size() < count) {
                opened.add(open(0));
            }
            while (!ended(DRIP_MILLIS)) {
                // The connections are open: that is the attack.
            }
        } finally {
            opened.forEach(this::reset);
        }
    }

    /** Sends these requests again and again, twenty times a second, and never reads an answer. */
    void neverRead(byte[] requests) throws IOException {
        var socket = open(SMALL_BUFFER);
        try {
            do {
                socket.getOutputStream().write(requests);
            } while (!ended(UNREAD_MILLIS));
        } finally {
            reset(socket);
        }
    }

    /** Waits this long; true when the attack is over. */
    boolean ended(long millis) throws IOException {
        try {
            return end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** @param receiveBuffer in bytes; 0 for the system's choice */
    private Socket open(int receiveBuffer) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(service.getHost(), service.getPort()), CONNECT_MILLIS);
            if (ended(0)) {
                reset(socket); // the end came while the connection was opened
            }
            return socket;
        } catch (IOException refused) {
            reset(socket);
            throw refused;
        }
    }

    private void reset(Socket socket) {
        sockets.remove(socket);
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException closedAlready) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() {
        end.countDown();
        sockets.forEach(this::reset);
        var connection = kept;
        if (connection != null) {
            try {
                connection.abort();
            } catch (IOException closedAlready) {
                // That is what was wanted.
            }
        }
    }
}
