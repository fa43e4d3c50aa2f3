package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SigningKey;
import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hostile issuers, any number of each kind on one port: {@code /KIND-N} is one, and costs nothing until it is
 * requested. Two more servers are a third party, which only counts, and ports that take connections and never answer.
 */
final class HostileIssuers implements AutoCloseable {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int KEYS = 100;
    private static final int RSA_4096 = 512;
    private static final int LARGE_SET = 130;
    private static final int SILENT_BACKLOG = 1_000;

    /** The behaviour of an issuer; the issuer's name begins with it. */
    enum Kind {
        /** A hundred keys on P-521. */
        P521("ES512", p521Keys()),
        /** A hundred RSA keys of 4096 bits, without private halves. */
        RSA4096("RS256", rsaKeys(KEYS)),
        /** A key set that is as large as one may be. */
        LARGE("RS256", rsaKeys(LARGE_SET)),
        /** Its discovery never answers. */
        HANGING("RS256", ""),
        /** Its discovery redirects to the third party. */
        REDIRECTING("RS256", ""),
        /** Its discovery says that its keys are at the third party. */
        POINTING("RS256", "");

        private final String algorithm;
        private final String keys;

        Kind(String algorithm, String keys) {
            this.algorithm = algorithm;
            this.keys = keys;
        }
    }

    private final AtomicLong names = new AtomicLong();
    private final AtomicLong thirdPartyCalls = new AtomicLong();
    private final AtomicLong issuerCalls = new AtomicLong();
    private final LoopbackServer server = LoopbackServer.start(this::answer, 0, null);
    private final LoopbackServer thirdParty = LoopbackServer.start(this::thirdParty, 0, null);
    private final List<ServerSocket> silent = new ArrayList<>();

    /** The name of a new issuer. */
    String issuer(Kind kind) {
        return issuer(kind, names.incrementAndGet());
    }

    /** The name of one of few issuers. */
    String issuer(Kind kind, long number) {
        return "http://127.0.0.1:" + server.port() + "/" + kind.name() + "-" + number;
    }

    /**
     * That many ports that take connections and never answer. The operating system takes the connections; no code here
     * has to.
     */
    List<String> silentPorts(int count) throws IOException {
        while (silent.size() < count) {
            silent.add(new ServerSocket(0, SILENT_BACKLOG, InetAddress.ofLiteral("127.0.0.1")));
        }
        return silent.stream()
                .map(socket -> "http://127.0.0.1:" + socket.getLocalPort())
                .toList();
    }

    /** The number of calls to the third party. */
    long thirdPartyCalls() {
        return thirdPartyCalls.get();
    }

    /** The number of calls to the hostile issuers, without those on silent ports. */
    long issuerCalls() {
        return issuerCalls.get();
    }

    private Answer thirdParty(Request request) {
        thirdPartyCalls.incrementAndGet();
        return Reply.json(404, "{}");
    }

    private Answer answer(Request request) {
        issuerCalls.incrementAndGet();
        int slash = request.path().indexOf('/', 1);
        var name = slash < 0 ? request.path() : request.path().substring(0, slash);
        var kind = Arrays.stream(Kind.values())
                .filter(each -> name.startsWith("/" + each.name() + "-"))
                .findFirst();
        if (kind.isEmpty()) {
            return Reply.json(404, "{}");
        }
        var base = "http://127.0.0.1:" + server.port() + name;
        boolean discovery = request.path().equals(name + DISCOVERY);
        return switch (kind.get()) {
            case HANGING -> new Answer.Hang();
            case REDIRECTING -> Reply.empty(302).with("Location", thirdPartyUrl());
            case POINTING -> discovery(base, kind.get(), thirdPartyUrl());
            case P521, RSA4096, LARGE ->
                discovery ? discovery(base, kind.get(), base + "/jwks") : Reply.json(200, kind.get().keys);
        };
    }

    private String thirdPartyUrl() {
        return "http://127.0.0.1:" + thirdParty.port() + "/";
    }

    private static Reply discovery(String issuer, Kind kind, String keys) {
        var json = Json.createObjectBuilder()
                .add("issuer", issuer)
                .add("jwks_uri", keys)
                .add("id_token_signing_alg_values_supported", Json.createArrayBuilder(List.of(kind.algorithm)));
        return Reply.json(200, json.build());
    }

    private static String p521Keys() {
        return keys(Stream.generate(
                        () -> SigningKey.createWithoutId(Algorithm.ES512).jwk().toString())
                .limit(KEYS));
    }

    /** Any odd number costs as much as a real modulus. Real keys of this size would take minutes to make. */
    private static String rsaKeys(int count) {
        return keys(IntStream.range(0, count).mapToObj(_ -> {
            var modulus = new byte[RSA_4096];
            ThreadLocalRandom.current().nextBytes(modulus);
            modulus[0] |= (byte) 0x80;
            modulus[RSA_4096 - 1] |= 1;
            return "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\""
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(modulus) + "\"}";
        }));
    }

    private static String keys(Stream<String> keys) {
        return keys.collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    @Override
    public void close() {
        server.close();
        thirdParty.close();
        for (var socket : silent) {
            try {
                socket.close();
            } catch (IOException closedAlready) {
                // That is what was wanted.
            }
        }
    }
}
