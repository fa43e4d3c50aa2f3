package dev.octosts.exchange.bearer;

import dev.octosts.exchange.issuer.Deadline;
import dev.octosts.exchange.issuer.IssuerDocuments;
import dev.octosts.exchange.issuer.IssuerException;
import dev.octosts.exchange.issuer.ProviderMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An issuer in memory: its documents by address, how often each was asked for, and tokens that it signs. */
public final class TestIssuer implements IssuerDocuments {
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    public final List<TestKey> keys = new CopyOnWriteArrayList<>();
    public final AtomicInteger discoveries = new AtomicInteger();
    public final AtomicInteger keySets = new AtomicInteger();
    public final Map<String, @Nullable Object> discovery = new LinkedHashMap<>();
    public volatile @Nullable Answer discoveryAnswer;
    public volatile @Nullable Answer keySetAnswer;
    private final String url;

    public TestIssuer() {
        this("https://issuer.example");
    }

    public TestIssuer(String url) {
        this.url = url;
        keys.add(TestKey.of("RS256", "k1"));
        discovery.put("issuer", url);
        discovery.put("jwks_uri", url + "/jwks");
    }

    public interface Answer {
        byte[] body() throws IssuerException;
    }

    public static final Answer DOWN = () -> {
        throw new IssuerException.Transient("down", null);
    };

    public String url() {
        return url;
    }

    public TestKey key() {
        return keys.getFirst();
    }

    public TestIssuer lists(String... algorithms) {
        discovery.put("id_token_signing_alg_values_supported", List.of(algorithms));
        return this;
    }

    public TestIssuer has(TestKey... only) {
        keys.clear();
        keys.addAll(List.of(only));
        return this;
    }

    public void goesDown() {
        discoveryAnswer = DOWN;
        keySetAnswer = DOWN;
    }

    public void comesBack() {
        discoveryAnswer = null;
        keySetAnswer = null;
    }

    @Override
    public byte[] fetch(String issuer, URI address, Deadline deadline) throws IssuerException {
        boolean isDiscovery = address.toString().endsWith(ProviderMetadata.WELL_KNOWN);
        (isDiscovery ? discoveries : keySets).incrementAndGet();
        Answer answer = isDiscovery ? discoveryAnswer : keySetAnswer;
        if (answer != null) {
            return answer.body();
        }
        return isDiscovery ? TestJson.bytes(discovery) : keySet();
    }

    public byte[] keySet() {
        return TestJson.bytes(Map.of("keys", keys.stream().map(TestKey::jwk).toList()));
    }

    public Map<String, @Nullable Object> claims() {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("iss", url);
        claims.put("sub", "repo:octo-org/octo-repo:ref:refs/heads/main");
        claims.put("aud", "octo-sts.test");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.plusSeconds(300).getEpochSecond());
        return claims;
    }

    public String token() {
        return token(_ -> {});
    }

    public String token(Consumer<Map<String, @Nullable Object>> change) {
        Map<String, @Nullable Object> claims = claims();
        change.accept(claims);
        return signed(key(), header(key()), TestJson.of(claims));
    }

    public String tokenWithHeader(Consumer<Map<String, @Nullable Object>> change) {
        Map<String, @Nullable Object> header = header(key());
        change.accept(header);
        return signed(key(), header, TestJson.of(claims()));
    }

    public String signedBy(TestKey key) {
        return signed(key, header(key), TestJson.of(claims()));
    }

    public static Map<String, @Nullable Object> header(TestKey key) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", key.algorithm());
        if (key.kid() != null) {
            header.put("kid", key.kid());
        }
        return header;
    }

    public static String signed(TestKey key, Map<String, @Nullable Object> header, String claims) {
        String input = part(TestJson.of(header)) + "." + part(claims);
        return input + "." + TestKey.base64(key.sign(input));
    }

    public static String part(String json) {
        return TestKey.base64(json.getBytes(StandardCharsets.UTF_8));
    }
}
