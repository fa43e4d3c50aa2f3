package dev.octosts.app.edge;

import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server with few connections and little memory, and connections that stay open until the end of a test. */
final class EdgeTraffic implements AutoCloseable {

    static final int MAXIMUM = 8;
    static final int MEMORY = 1 << 20;
    static final String LIVE = "GET /live HTTP/1.1\r\nHost: x\r\n\r\n";
    static final String BODY = "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: ";

    final EdgeServer server = new EdgeServer(MAXIMUM, MEMORY);
    final List<Socket> sockets = new ArrayList<>();

    Socket connect(String text) throws IOException {
        var socket = server.connect(text);
        sockets.add(socket);
        return socket;
    }

    void fill(int number, String text) throws IOException {
        int before = server.connections.number();
        for (int connection = 1; connection <= number; connection++) {
            connect(text);
            int expected = Math.min(MAXIMUM, before + connection);
            Await.until("a connection", () -> server.connections.number() == expected);
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }
}
