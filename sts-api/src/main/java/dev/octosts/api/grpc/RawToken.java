package dev.octosts.api.grpc;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The answer of the method {@code Exchange}: {@code RawToken} of the reference, without the refresh token, which is
 * always empty.
 *
 * @param token the GitHub token; a secret
 * @param expiry when it ends; empty when the service did not say
 */
public record RawToken(String token, Optional<Instant> expiry) {

    private static final int TOKEN = 1;
    private static final int EXPIRY = 3;
    private static final int SECONDS = 1;
    private static final int NANOS = 2;

    /** Reads the message. */
    public static RawToken parse(byte[] message) throws GrpcFault {
        var token = "";
        Optional<Instant> expiry = Optional.empty();
        for (var fields = new ProtobufReader(message); fields.next(); ) {
            switch (fields.field()) {
                case TOKEN -> token = fields.text();
                case EXPIRY -> expiry = instant(fields.message());
                default -> fields.skip();
            }
        }
        return new RawToken(token, expiry);
    }

    /** A {@code google.protobuf.Timestamp}; empty when Java has no such time. */
    private static Optional<Instant> instant(ProtobufReader fields) throws GrpcFault {
        long seconds = 0;
        long nanos = 0;
        while (fields.next()) {
            switch (fields.field()) {
                case SECONDS -> seconds = fields.number();
                case NANOS -> nanos = fields.number();
                default -> fields.skip();
            }
        }
        try {
            return Optional.of(Instant.ofEpochSecond(seconds, nanos));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    /** Writes the message. */
    public byte[] toBytes() {
        var message = new ProtobufWriter().text(TOKEN, token);
        expiry.ifPresent(time -> message.message(
                EXPIRY,
                new ProtobufWriter().number(SECONDS, time.getEpochSecond()).number(NANOS, time.getNano())));
        return message.toBytes();
    }

    @Override
    public String toString() {
        return "RawToken[***, expiry=" + expiry + "]";
    }
}
