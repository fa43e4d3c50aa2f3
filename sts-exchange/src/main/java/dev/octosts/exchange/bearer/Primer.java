package dev.octosts.exchange.bearer;

import com.nimbusds.jose.util.Base64URL;
import dev.octosts.exchange.bearer.IssuerRules.Lifetimes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exercises verification before the first caller does, who would otherwise wait for classes to load. An issuer in
 * memory with a key of its own signs a token that only a verifier in memory believes.
 */
final class Primer {
    private static final Logger LOG = LoggerFactory.getLogger(Primer.class);
    private static final String ISSUER = "https://issuer.invalid";
    // Enough to have the classes of every step loaded; compiling them is left to real load.
    private static final int VERIFICATIONS = 20;

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
            // The first caller waits a little longer; that is no reason not to serve him.
            LOG.debug("Priming the issuer client", e);
        }
    }

    /** Over a transport that keeps the rules: plain http is refused before anything is looked up or called. */
    static void exercise(IssuerTransport transport) {
        try {
            transport.fetch(ISSUER, URI.create("http://issuer.invalid/"), Deadline.in(Duration.ofSeconds(1)));
        } catch (IssuerException e) {
            LOG.trace("Refused, as it should be", e);
        }
    }

    private static void verify() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        byte[] discovery = bytes("{\"issuer\":\"" + ISSUER + "\",\"jwks_uri\":\"" + ISSUER + "/jwks\"}");
        byte[] keys = keySet((RSAPublicKey) pair.getPublic());
        String token = token(pair);
        Bearers bearers = new Bearers(
                IssuerRules.anyPublicIssuer(),
                IssuersFile.none(),
                (_, address, _) -> address.getPath().equals("/jwks") ? keys : discovery,
                IssuerEvents.none(),
                Clock.systemUTC());
        for (int i = 0; i < VERIFICATIONS; i++) {
            if (!(bearers.verify(token) instanceof Verification.Verified)) {
                throw new GeneralSecurityException("a good signature was refused");
            }
        }
    }

    private static byte[] keySet(RSAPublicKey key) {
        return bytes("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"alg\":\"RS256\",\"n\":\""
                + Base64URL.encode(key.getModulus())
                + "\",\"e\":\"" + Base64URL.encode(key.getPublicExponent()) + "\"}]}");
    }

    private static String token(KeyPair pair) throws GeneralSecurityException {
        long expiry = Clock.systemUTC().instant().plus(Duration.ofHours(1)).getEpochSecond();
        String input = Base64URL.encode("{\"alg\":\"RS256\",\"kid\":\"1\"}") + "."
                + Base64URL.encode("{\"iss\":\"" + ISSUER + "\",\"sub\":\"x\",\"aud\":[\"y\"],\"exp\":" + expiry + "}");
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(pair.getPrivate());
        signer.update(bytes(input));
        return input + "." + Base64URL.encode(signer.sign());
    }

    private static void fetch(SSLContext tls) throws IOException, IssuerException {
        IssuerRules ourselves = new IssuerRules(Set.of(), true, false, Lifetimes.standard());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                IssuerClient client = new IssuerClient(ourselves, IssuersFile.none(), tls, null)) {
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
