package dev.octosts.api.grpc;

/**
 * The messages of the service {@code grpc.health.v1.Health}.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/health-checking.md">gRPC health checking</a>
 */
public final class HealthMessages {

    /** The full name of the service. */
    public static final String NAME = "grpc.health.v1.Health";

    private static final int SERVICE = 1;
    private static final int STATUS = 1;
    private static final int STATUSES = 1;
    private static final int VALUE = 2;

    private HealthMessages() {}

    /** The states of a service. */
    public enum Status {
        UNKNOWN(0),
        SERVING(1),
        NOT_SERVING(2),
        SERVICE_UNKNOWN(3);

        private final int number;

        Status(int number) {
            this.number = number;
        }
    }

    /** The service that a call of {@code Check} or {@code Watch} asks for; empty for the server as a whole. */
    public static String service(byte[] message) throws GrpcFault {
        var service = "";
        for (var fields = new ProtobufReader(message); fields.next(); ) {
            if (fields.field() == SERVICE) {
                service = fields.text();
            } else {
                fields.skip();
            }
        }
        return service;
    }

    /** The answer of {@code Check}, and each one of {@code Watch}. */
    public static byte[] status(Status status) {
        return response(status).toBytes();
    }

    /** The answer of {@code List}: the server as a whole is the only entry. */
    public static byte[] list(Status status) {
        // The key of the entry is the empty name, which is left out.
        return new ProtobufWriter()
                .message(STATUSES, new ProtobufWriter().message(VALUE, response(status)))
                .toBytes();
    }

    private static ProtobufWriter response(Status status) {
        return new ProtobufWriter().number(STATUS, status.number);
    }
}
