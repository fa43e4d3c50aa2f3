package dev.octosts.exchange;

import dev.octosts.api.GrantedTokens.Facts;
import dev.octosts.exchange.store.ByteRing;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.Installation;
import dev.octosts.github.Route;
import dev.octosts.policy.Claims;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers to whom this process granted which token, under the token's SHA-256, until the token expires. The token
 * itself is not kept. When there is no more room, the oldest grants are forgotten first: a cache that keeps what is
 * asked for often would keep the wrong ones.
 *
 * <p>Grants are kept as bytes. Nearly nobody asks for one, and as objects, which live for an hour, they would make the
 * heap grow to its limit.
 */
final class GrantMemory {

    /** Of the default heap it is 8 MB, or about twenty thousand grants. */
    private static final int SHARE_OF_THE_HEAP = 16;

    /** So many callers can remember something at a time. */
    private static final int RINGS = 16;

    private final List<ByteRing> rings;
    private final Map<Long, GitHubApp> apps = new ConcurrentHashMap<>();
    private final Clock clock;

    /**
     * A memory without grants.
     *
     * @param rings how many parts it has; a grant is in the one that its token's SHA-256 says
     * @param bytes how large each part is
     */
    GrantMemory(int rings, int bytes, Clock clock) {
        var all = new ArrayList<ByteRing>();
        for (int ring = 0; ring < rings; ring++) {
            all.add(new ByteRing(bytes));
        }
        this.rings = List.copyOf(all);
        this.clock = clock;
    }

    /** A memory that takes a small part of the heap. */
    static GrantMemory ofThisMachine(Clock clock) {
        long bytes = Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP / RINGS;
        return new GrantMemory(RINGS, (int) Math.min(bytes, Integer.MAX_VALUE / 2), clock);
    }

    /**
     * A token that was granted.
     *
     * @param facts who got it, and what it can do
     * @param audiences of the OIDC token that it was exchanged for
     * @param route by which it was minted
     */
    record RememberedGrant(Facts facts, List<String> audiences, Route route) {

        /**
         * Whether a verified token is of the same workload and meant for the same service. Another service that gets
         * tokens of the workload may not ask here with them.
         */
        boolean isOf(Claims claims) {
            return facts.issuer().equals(claims.issuer())
                    && facts.subject().equals(claims.subject())
                    && !Collections.disjoint(audiences, claims.audiences());
        }
    }

    /** Remembers a token from now on; one whose grant takes more than a ring is not remembered. */
    void remember(String sha256, RememberedGrant grant) {
        GitHubApp app = grant.route().app();
        if (apps.get(app.id()) != app) {
            apps.put(app.id(), app);
        }
        ring(sha256).add(key(sha256), bytes(grant));
    }

    /** The grant of a token that has not expired. */
    Optional<RememberedGrant> find(String sha256) {
        return ring(sha256)
                .find(key(sha256))
                .map(this::grant)
                .filter(grant -> grant.facts().expiresAt().isAfter(clock.instant()));
    }

    /** Forgets a token that was revoked. */
    void forget(String sha256) {
        ring(sha256).forget(key(sha256));
    }

    private ByteRing ring(String sha256) {
        return rings.get(Math.floorMod(sha256.hashCode(), rings.size()));
    }

    private static byte[] key(String sha256) {
        return sha256.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(RememberedGrant grant) {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            Facts facts = grant.facts();
            write(out, facts.issuer(), facts.subject(), facts.scope(), facts.identity());
            out.writeInt(facts.permissions().size());
            for (var permission : facts.permissions().entrySet()) {
                write(out, permission.getKey(), permission.getValue());
            }
            write(out, facts.repositories());
            write(out, facts.issuedAt());
            write(out, facts.expiresAt());
            write(out, grant.audiences());
            Route route = grant.route();
            out.writeLong(route.app().id());
            write(out, route.owner());
            Installation installation = route.installation();
            out.writeLong(installation.id());
            write(out, installation.account());
            out.writeLong(installation.accountId());
            write(out, installation.slug());
            out.writeBoolean(installation.suspended());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private RememberedGrant grant(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String issuer = text(in);
            String subject = text(in);
            String scope = text(in);
            String identity = text(in);
            var permissions = new LinkedHashMap<String, String>();
            for (int left = in.readInt(); left > 0; left--) {
                permissions.put(text(in), text(in));
            }
            var facts = new Facts(issuer, subject, scope, identity, permissions, texts(in), instant(in), instant(in));
            return new RememberedGrant(facts, texts(in), route(in));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Route route(DataInputStream in) throws IOException {
        // An App is known before a grant of it is added.
        GitHubApp app = Objects.requireNonNull(apps.get(in.readLong()), "app");
        return new Route(
                text(in), app, new Installation(in.readLong(), text(in), in.readLong(), text(in), in.readBoolean()));
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static void write(DataOutputStream out, String... texts) throws IOException {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
