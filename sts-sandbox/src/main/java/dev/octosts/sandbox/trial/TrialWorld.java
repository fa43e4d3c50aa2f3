package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.github.Installation;
import dev.octosts.sandbox.github.Repository;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.Document;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import dev.octosts.sandbox.oidc.TokenBuilder;
import dev.octosts.sandbox.process.Deployment;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The world of a trial: two tenants of one App, each with an issuer of its own. One is quiet; the other is hostile and
 * may write policies for itself. Strangers have {@link HostileIssuers}.
 */
final class TrialWorld implements AutoCloseable {
    static final String WEBHOOK_SECRET = UUID.randomUUID().toString();

    /** GitHub waits this long for the answer to a delivery, and no longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PLENTY = 100_000_000;
    private static final String QUIET = "quiet-org";
    private static final String HOSTILE = "hostile-org";
    private static final String REPOSITORY = "code";
    private static final String IDENTITY = "deploy";
    private static final String SUBJECT = "workload";

    private final Sandbox sandbox;
    private final URI service;
    private final GitHubApp app;
    private final Installation installation;
    private final Repository quiet;
    private final Repository hostile;
    private final SandboxIssuer quietIssuer;
    private final SandboxIssuer hostileIssuer;
    private final HostileIssuers strangers = new HostileIssuers();
    private final AtomicLong quietExchanges = new AtomicLong();

    /** @param service the address that the service is going to listen on */
    TrialWorld(Sandbox sandbox, URI service) {
        this.sandbox = sandbox;
        this.service = service;
        var github = sandbox.github();
        this.app = github.app("octo-sts-trial");
        this.quietIssuer = sandbox.issuers().create(Algorithm.RS256).algorithms(Algorithm.RS256.text());
        this.hostileIssuer = sandbox.issuers().create(Algorithm.ES256).algorithms(Algorithm.ES256.text());
        this.quiet = github.repository(github.organization(QUIET), REPOSITORY);
        this.hostile = github.repository(github.organization(HOSTILE), REPOSITORY);
        this.installation = github.install(app, quiet.owner());
        installation.rateLimit().remaining(PLENTY);
        github.install(app, hostile.owner()).rateLimit().remaining(PLENTY);
        app.rateLimit().remaining(PLENTY);
        github.enforceRateLimits(false);
        quiet.put(DemoWorld.policyFile(IDENTITY), quietPolicy());
    }

    GitHubApp app() {
        return app;
    }

    HostileIssuers strangers() {
        return strangers;
    }

    URI service() {
        return service;
    }

    /** An exchange of the quiet tenant, with a token of its own. */
    byte[] quietExchange() {
        quietExchanges.incrementAndGet();
        return exchange(quiet.fullName(), IDENTITY, signed(quietIssuer));
    }

    /** The service's calls to GitHub, without the one mint that each exchange of the quiet tenant costs. */
    long otherGitHubCalls() {
        return sandbox.github().calls().received().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                - quietExchanges.get();
    }

    /** The number of requests to the quiet tenant's issuer. */
    long quietIssuerCalls() {
        return (long) quietIssuer.hits(Document.DISCOVERY) + quietIssuer.hits(Document.JWKS);
    }

    /** A valid token of the hostile tenant. */
    TokenBuilder hostileToken() {
        return hostileIssuer
                .token()
                .subject(SUBJECT)
                .audience(Deployment.DOMAIN)
                .claim("jti", UUID.randomUUID().toString());
    }

    /** Gives the hostile tenant a policy. */
    void hostilePolicy(String identity, String rules) {
        hostile.put(
                DemoWorld.policyFile(identity),
                "issuer: " + hostileIssuer.url() + "\n" + rules + "permissions:\n  contents: read\n");
    }

    String quietScope() {
        return quiet.fullName();
    }

    String hostileScope() {
        return hostile.fullName();
    }

    byte[] exchange(String scope, String identity, String token) {
        return request("/sts/exchange", scope, identity, token);
    }

    byte[] explain(String scope, String identity, String token) {
        return request("/sts/explain", scope, identity, token);
    }

    private byte[] request(String path, String scope, String identity, String token) {
        var query = "?scope=" + encoded(scope) + "&identity=" + encoded(identity);
        return HttpCall.get(service.resolve(path + query), token).bytes();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Makes a policy of the quiet tenant. */
    Removal policyToRemove() {
        var identity = "removed-" + UUID.randomUUID();
        quiet.put(DemoWorld.policyFile(identity), quietPolicy());
        return new Removal(identity);
    }

    /** A policy that is going to be removed while an attack runs. */
    final class Removal {
        private final String identity;

        private Removal(String identity) {
            this.identity = identity;
        }

        /** Removes it, and delivers the signed event; returns the status of the delivery. */
        int deliver() throws IOException {
            var file = DemoWorld.policyFile(identity);
            quiet.remove(file);
            var push = Json.createObjectBuilder()
                    .add("ref", "refs/heads/main")
                    .add("before", "b".repeat(40))
                    .add("after", "a".repeat(40))
                    .add("deleted", false)
                    .add(
                            "commits",
                            Json.createArrayBuilder()
                                    .add(Json.createObjectBuilder()
                                            .add("added", Json.createArrayBuilder())
                                            .add("modified", Json.createArrayBuilder())
                                            .add(
                                                    "removed",
                                                    Json.createArrayBuilder().add(file))))
                    .add(
                            "repository",
                            Json.createObjectBuilder()
                                    .add("name", quiet.name())
                                    .add("full_name", quiet.fullName())
                                    .add("default_branch", quiet.defaultBranch())
                                    .add("owner", Json.createObjectBuilder().add("login", QUIET)))
                    .add("installation", Json.createObjectBuilder().add("id", installation.id()))
                    .add("sender", Json.createObjectBuilder().add("login", "octocat"))
                    .build()
                    .toString();
            try (var connection = HttpConnection.open(service, null, PATIENCE)) {
                return connection.send(delivery(push)).status();
            }
        }

        /** Tries to use it; returns the status. */
        int exchange() throws IOException {
            var request = TrialWorld.this.exchange(quiet.fullName(), identity, signed(quietIssuer));
            try (var connection = HttpConnection.open(service, null, PATIENCE)) {
                return connection.send(request).status();
            }
        }
    }

    private byte[] delivery(String json) {
        return """
                POST /webhook HTTP/1.1\r
                Host: %s\r
                Content-Type: application/json\r
                X-GitHub-Event: push\r
                X-GitHub-Delivery: %s\r
                X-GitHub-Hook-Installation-Target-ID: %d\r
                X-Hub-Signature-256: sha256=%s\r
                Content-Length: %d\r
                \r
                %s""".formatted(service.getAuthority(), UUID.randomUUID(), app.id(), signature(json), json.length(), json)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String signature(String json) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(WEBHOOK_SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(json.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
        }
    }

    private static String signed(SandboxIssuer issuer) {
        return issuer.token()
                .subject(SUBJECT)
                .audience(Deployment.DOMAIN)
                .claim("jti", UUID.randomUUID().toString())
                .sign();
    }

    private String quietPolicy() {
        return "issuer: %s\nsubject: %s\npermissions:\n  contents: read\n".formatted(quietIssuer.url(), SUBJECT);
    }

    @Override
    public void close() {
        strangers.close();
    }
}
