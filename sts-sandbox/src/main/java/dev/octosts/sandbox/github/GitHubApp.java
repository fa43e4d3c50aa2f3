package dev.octosts.sandbox.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** A GitHub App with its private key. */
public final class GitHubApp {
    private static final int KEY_BITS = 2048;
    private static final int REQUESTS_AN_HOUR = 5000;

    private final long id;
    private final String slug;
    private final KeyPair keys;
    private final Set<PublicKey> accepted = ConcurrentHashMap.newKeySet();
    private final RateLimit rateLimit = new RateLimit(REQUESTS_AN_HOUR);
    private volatile Permissions permissions;
    private volatile List<String> events = List.of();
    private volatile Webhook webhook = new Webhook("", "");

    GitHubApp(long id, String slug, Permissions permissions) {
        this(id, slug, permissions, newKeys());
    }

    private GitHubApp(long id, String slug, Permissions permissions, KeyPair keys) {
        this.id = id;
        this.slug = slug;
        this.permissions = permissions;
        this.keys = keys;
        this.accepted.add(keys.getPublic());
    }

    /** Another App with the same private key, as when a deployment configures one key for several Apps. */
    GitHubApp twin(long otherId, String otherSlug) {
        return new GitHubApp(otherId, otherSlug, permissions, keys);
    }

    public long id() {
        return id;
    }

    public String slug() {
        return slug;
    }

    /** Accepted in place of the id as the issuer of an App JWT. */
    public String clientId() {
        return "Iv23sandbox" + id;
    }

    public Permissions permissions() {
        return permissions;
    }

    public GitHubApp permissions(Permissions changed) {
        permissions = changed;
        return this;
    }

    /**
     * The address that deliveries go to, and their secret.
     *
     * @param url empty when the App has no webhook
     * @param secret the secret that signs deliveries; empty when they are not signed
     */
    public record Webhook(String url, String secret) {
        @Override
        public String toString() {
            return "Webhook[" + url + "]";
        }
    }

    /** The events that the App asked for. */
    public List<String> events() {
        return events;
    }

    public GitHubApp events(String... names) {
        events = List.of(names);
        return this;
    }

    public Webhook webhook() {
        return webhook;
    }

    public GitHubApp webhook(Webhook changed) {
        webhook = changed;
        return this;
    }

    /** The limit on calls that the App makes as itself, by JWT. */
    public RateLimit rateLimit() {
        return rateLimit;
    }

    public PrivateKey privateKey() {
        return keys.getPrivate();
    }

    /** Adds a key, as an operator does before one is replaced. GitHub then accepts both. */
    public void addKey(PublicKey key) {
        accepted.add(key);
    }

    /** Deletes a key; what it signs is not accepted from now on. */
    public void deleteKey(PublicKey key) {
        accepted.remove(key);
    }

    /** The key that it was made with. */
    public PublicKey publicKey() {
        return keys.getPublic();
    }

    /** Every key that it has now. */
    Set<PublicKey> acceptedKeys() {
        return accepted;
    }

    /** The private key as GitHub gives it: {@code BEGIN RSA PRIVATE KEY}. */
    public String pkcs1Pem() {
        try {
            var pkcs1 = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
                    .parsePrivateKey()
                    .toASN1Primitive()
                    .getEncoded();
            return pem("RSA PRIVATE KEY", pkcs1);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The private key as other tools convert it: {@code BEGIN PRIVATE KEY}. */
    public String pkcs8Pem() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private static String pem(String label, byte[] der) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("RSA is part of every JDK", impossible);
        }
    }

    @Override
    public String toString() {
        return "GitHubApp[id=" + id + ", slug=" + slug + "]";
    }
}
