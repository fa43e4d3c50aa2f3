package dev.octosts.exchange.bearer;

import dev.octosts.api.Egress;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.issuer.Deadline;
import dev.octosts.exchange.issuer.IssuerClient;
import dev.octosts.exchange.issuer.IssuerDocuments;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuerException;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import dev.octosts.exchange.issuer.Reputation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a verification before the first caller does, because that caller would otherwise wait for classes to load. The
 * token's key belongs to an issuer in memory, and only a verifier in memory accepts it.
 */
final class Primer {
    private static final Logger LOG = LoggerFactory.getLogger(Primer.class);
    private static final String ISSUER = "https://issuer.invalid";
    // Enough to have the classes of every step loaded; compiling them is left to real load.
    private static final int VERIFICATIONS = 5;
    private static final long ROOM = 1024 * 1024;

    /** The time at which the token was valid; only the verifier here uses that clock. */
    private static final Instant SIGNED_AT = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * The modulus of a key whose private half was thrown away: to make a key at each start would take longer than all
     * the rest.
     */
    private static final String MODULUS =
            "yb3VU0M7JAZk9CZa5QTcK5_3NckqidtdrrIoc4S4yh7D6eudmpyEtPfE0lmUPUJxPGDB8tjtO-Cpe2J57LRZw9"
                    + "0cKtumC6oLkWzFYTKHrPfb1iMnwSfk1S8oBWhnHOtPyjE8_xdU02P-b-"
                    + "a04D4_Mr_BfOYJDqKcAxE2JV4cjl06NDpQ4LcCwvsPdt6SbGGnxY7FyAc7aCcuTbAZHC3WH0fHzm4omFFS_oj6"
                    + "ZGjOquM7RnGhywV1ImxyGuCVmSjVbPhB_alQxgFaEvN-"
                    + "cCfk_oeKGr4T0k2bXAGREdKEx-3RQJByEqr5URaOyslvHpaIy6OyEUjX671SL9UD8UzZqQ";

    /** Signed by that key: {@code {"iss":"https://issuer.invalid","sub":"x","aud":["y"],"exp":1767229200}}. */
    private static final String TOKEN =
            "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJodHRwczovL2lzc3Vlci5pbnZhbGlkIiwic3ViIjo"
                    + "ieCIsImF1ZCI6WyJ5Il0sImV4cCI6MTc2NzIyOTIwMH0.LKRv5GLNRBd1eg2n6IYcVInymz33yS8eRHlniO2qI"
                    + "xvGmYZbxKfmsD1wIthXTRatlzVeNyCniqYcp9UulyB9DRn9bsG6nMmNfO2OC2Syx3VUi0Vr6HqGZW_XA5KtZPj"
                    + "tei1L1-"
                    + "QVHWAUrk3tH1aeuGwoXmcP3jh9v3_ATEKnqKPnF0s3JuhOH0dxE3c3whddA2tgKzJY1nIK21Wwd0uUw1w3zg3R"
                    + "T2S9P4afwwJ14JweSmfJrA55d9Sm8Ubk-xT75U6EVJsGDd4BlvZNKPyzSdCX_JIpOyBExFtshYBCjxHoxs5mJV"
                    + "u_Fx5qzS2_iTKvedjNELvWa3KQVH42AmsLWg";

    private Primer() {}

    static void run(SSLContext tls) {
        try {
            verify();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("bearer verification does not work on this machine", e);
        }
        try {
            fetch(tls);
        } catch (IOException | IssuerException e) {
            // The first caller waits a little longer; that is no reason not to serve it.
            LOG.debug("Priming the issuer client", e);
        }
    }

    /** Fetches nothing: plain http is refused before any lookup or call. */
    static void exercise(IssuerDocuments documents) {
        try {
            documents.fetch(ISSUER, URI.create("http://issuer.invalid/"), Deadline.in(Duration.ofSeconds(1)));
        } catch (IssuerException e) {
            LOG.trace("Refused, as it should be", e);
        }
    }

    private static void verify() throws GeneralSecurityException {
        byte[] discovery = bytes("{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"" + ISSUER + "/jwks\"}");
        byte[] keys = bytes("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"n\":\""
                + MODULUS + "\"}]}");
        Clock clock = Clock.fixed(SIGNED_AT, ZoneOffset.UTC);
        Reputation reputation = reputation(clock);
        try (WorkQueue work = new WorkQueue("primer-", 1, new WorkQueue.Limits(10, 10, Duration.ofSeconds(10)))) {
            TokenVerifier verifier = new TokenVerifier(
                    PermittedIssuers.anyPublicIssuer(),
                    IssuersFile.none(),
                    reputation,
                    (_, address, _) -> address.getPath().equals("/jwks") ? keys : discovery,
                    IssuerEvents.none(),
                    clock,
                    new TokenVerifier.Budgets(new MemoryBudget(ROOM, 0, System::nanoTime), Integer.MAX_VALUE, work));
            for (int i = 0; i < VERIFICATIONS; i++) {
                if (!(verifier.verify(TOKEN) instanceof Verification.Verified)) {
                    throw new GeneralSecurityException("a good signature was refused");
                }
                // The first one takes the path of strangers, the others take the path of nearly all callers.
                verifier.proven(ISSUER);
            }
        }
    }

    private static Reputation reputation(Clock clock) {
        return new Reputation(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), clock);
    }

    private static void fetch(SSLContext tls) throws IOException, IssuerException {
        PermittedIssuers ourselves = new PermittedIssuers(Set.of(), true, false, Lifetimes.standard());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                IssuerClient client = new IssuerClient(
                        ourselves,
                        IssuersFile.none(),
                        reputation(Clock.systemUTC()),
                        new Egress(tls, Optional.empty()))) {
            Thread.ofVirtual().start(() -> answer(server));
            client.fetch(
                    ISSUER,
                    URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"),
                    Deadline.in(Duration.ofSeconds(2)));
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            int first = socket.getInputStream().read();
            if (first >= 0) {
                socket.getOutputStream().write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
            }
            socket.shutdownOutput();
            // Closing before the request is read would reset the connection before the answer is.
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.trace("The client has left", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
