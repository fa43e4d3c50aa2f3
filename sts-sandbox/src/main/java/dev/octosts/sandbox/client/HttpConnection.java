package dev.octosts.sandbox.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** An HTTP connection that is kept alive between calls. It makes one call at a time and belongs to one thread. */
public final class HttpConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Socket socket;
    private final OutputStream out;
    private final AnswerReader in;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new AnswerReader(socket.getInputStream());
    }

    /** Connects to the host and port of an address; over TLS when it is {@code https}. */
    public static HttpConnection open(URI address, @Nullable SSLContext tls) throws IOException {
        return open(address, tls, ANSWER);
    }

    /**
     * As {@link #open(URI, SSLContext)}.
     *
     * @param patience how long the server may be silent before it has answered
     */
    public static HttpConnection open(URI address, @Nullable SSLContext tls, Duration patience) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            socket.setSoTimeout((int) patience.toMillis());
            return new HttpConnection(
                    tls != null && address.getScheme().equals("https") ? secured(socket, address, tls) : socket);
        } catch (IOException notReachable) {
            socket.close();
            throw notReachable;
        }
    }

    private static Socket secured(Socket plain, URI address, SSLContext tls) throws IOException {
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, address.getHost(), address.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Makes one call over a connection of its own. */
    public static HttpAnswer call(HttpCall call, @Nullable SSLContext tls) throws IOException {
        try (var connection = open(call.address(), tls)) {
            return connection.send(call.bytes());
        }
    }

    /**
     * Sends a whole request and waits for its answer.
     *
     * @throws EOFException when the server hung up
     */
    public HttpAnswer send(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        return in.read();
    }

    /** Closes at once by a reset, so that the port is free again without the minute that an orderly end takes. */
    public void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
