package dev.octosts.app.edge;

import dev.octosts.api.grpc.ExchangeCall;
import dev.octosts.api.grpc.MessageFrames;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;

/** A server with the door for gRPC, and a client of it. */
abstract class GrpcTest {

    static final String EXCHANGE = "/chainguard.platform.oidc.SecurityTokenService/Exchange";
    static final String CHECK = "/grpc.health.v1.Health/Check";
    static final byte[] CALL = MessageFrames.frame(new ExchangeCall("o/r", "ci").toBytes());
    static final byte[] EMPTY = MessageFrames.frame(new byte[0]);
    static final HexFormat HEX = HexFormat.of();

    final EdgeServer server = new EdgeServer(64, 1 << 20);
    final H2Client client;

    GrpcTest() throws IOException {
        client = server.http2();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }
}
