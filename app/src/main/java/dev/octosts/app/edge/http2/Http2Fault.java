package dev.octosts.app.edge.http2;

/** Thrown when the other side breaks a rule of the protocol, or a limit of ours. */
public final class Http2Fault extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int CONNECTION = 0;

    private final Http2Error error;
    private final int stream;

    private Http2Fault(int stream, Http2Error error, String message) {
        super(message, null, false, false);
        this.error = error;
        this.stream = stream;
    }

    /** A fault that ends the connection. */
    public static Http2Fault ofConnection(Http2Error error, String message) {
        return new Http2Fault(CONNECTION, error, message);
    }

    /** A fault that ends one stream. */
    public static Http2Fault ofStream(int stream, Http2Error error, String message) {
        return new Http2Fault(stream, error, message);
    }

    /** The reason. */
    public Http2Error error() {
        return error;
    }

    /** The stream that ends; 0 when it is the whole connection. */
    public int stream() {
        return stream;
    }

    /** Whether the connection ends. */
    public boolean endsConnection() {
        return stream == CONNECTION;
    }
}
