package dev.octosts.api.grpc;

import java.util.ArrayList;
import java.util.List;

/**
 * The message of the method {@code Exchange}: {@code ExchangeRequest} of the reference. Further fields of it, such as
 * {@code aud} and {@code cap}, are accepted and not used.
 *
 * @param scope {@code owner} or {@code owner/repository}; empty when the caller gave none
 * @param scopes the same, in the form that allows several; at most one is accepted
 * @param identity the name of the trust policy; empty when the caller gave none
 */
public record ExchangeCall(String scope, List<String> scopes, String identity) {

    private static final int SCOPE = 2;
    private static final int IDENTITY = 4;
    private static final int SCOPES = 8;

    public ExchangeCall {
        scopes = List.copyOf(scopes);
    }

    /** Asks for one scope. */
    public ExchangeCall(String scope, String identity) {
        this(scope, List.of(), identity);
    }

    /** Reads the message. */
    public static ExchangeCall parse(byte[] message) throws GrpcFault {
        var scope = "";
        var scopes = new ArrayList<String>();
        var identity = "";
        for (var fields = new ProtobufReader(message); fields.next(); ) {
            switch (fields.field()) {
                case SCOPE -> scope = fields.text();
                case IDENTITY -> identity = fields.text();
                case SCOPES -> scopes.add(fields.text());
                default -> fields.skip();
            }
        }
        return new ExchangeCall(scope, scopes, identity);
    }

    /** Writes the message. */
    public byte[] toBytes() {
        return new ProtobufWriter()
                .text(SCOPE, scope)
                .text(IDENTITY, identity)
                .texts(SCOPES, scopes)
                .toBytes();
    }
}
