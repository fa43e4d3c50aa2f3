package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.Document;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import dev.octosts.sandbox.process.Deployment;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The world of a benchmark: one App in a few organizations, each with a list of trusted issuers, repositories with a
 * policy each, and tokens that satisfy the policies.
 */
final class BenchWorld {
    private static final int ORGANIZATIONS = 4;
    private static final int PLENTY = 100_000_000;
    private static final String IDENTITY = "deploy";
    private static final String TRUSTED_ISSUERS = ".github/chainguard/trusted-token-issuers.yaml";

    private final SandboxIssuer issuer;
    private final GitHubApp app;
    private final Size size;

    /**
     * How much there is.
     *
     * @param organizations that have the App, a list of trusted issuers, and repositories
     * @param repositories with a policy each, over all organizations in turn
     * @param bystanders more accounts that have the App, and nothing else
     * @param claims that each policy names with their values, with the usual ones
     * @param patterns that each policy has for claims, with the usual ones
     */
    record Size(int organizations, int repositories, int bystanders, int claims, int patterns) {

        /** So many repositories, in four organizations or fewer. */
        static Size of(int repositories) {
            return new Size(Math.min(ORGANIZATIONS, repositories), repositories, 0, 0, 0);
        }

        Size withBystanders(int more) {
            return new Size(organizations, repositories, more, claims, patterns);
        }
    }

    BenchWorld(Sandbox sandbox, int repositories) {
        this(sandbox, Size.of(repositories));
    }

    BenchWorld(Sandbox sandbox, Size size) {
        this.issuer = sandbox.issuers()
                .create("localhost", "/actions", Algorithm.RS256)
                .algorithms(Algorithm.RS256.text());
        var github = sandbox.github();
        this.app = github.app("octo-sts-bench");
        this.size = size;
        for (int i = 0; i < size.bystanders(); i++) {
            github.install(app, github.organization("bystander-" + i));
        }
        for (int i = 0; i < size.repositories(); i++) {
            var organization = github.organization(owner(i));
            github.install(app, organization).rateLimit().remaining(PLENTY);
            github.repository(organization, name(i)).put(DemoWorld.policyFile(IDENTITY), policy(i));
        }
        for (int i = 0; i < size.organizations(); i++) {
            github.repository(github.organization(owner(i)), DemoWorld.POLICY_REPOSITORY)
                    .put(TRUSTED_ISSUERS, "issuers:\n  - " + issuer.url() + "\n");
        }
        app.rateLimit().remaining(PLENTY);
        github.enforceRateLimits(false);
    }

    GitHubApp app() {
        return app;
    }

    /** Makes the sandbox quick before the service is measured with it. */
    void rehearse(Sandbox sandbox) {
        var file = "/repos/" + fullName(0) + "/contents/" + DemoWorld.policyFile(IDENTITY);
        Rehearsal.perform(sandbox, app, owner(0), file);
        Rehearsal.perform(issuer);
    }

    /** Makes the issuer proven from the start, as GitHub Actions and the other platforms are. */
    Map<String, String> variables() {
        return Map.of("OCTOSTS_ALLOWED_ISSUERS", issuer.url());
    }

    /** The number of requests to the issuer. */
    long issuerCalls() {
        return (long) issuer.hits(Document.DISCOVERY) + issuer.hits(Document.JWKS) + issuer.otherHits();
    }

    /** The number of another repository of the organization that has repository 0. */
    static int anotherOfTheFirst() {
        return ORGANIZATIONS;
    }

    /**
     * That many exchanges, each with a token of its own, over all repositories in turn. Signing is most of the work.
     */
    byte[][] exchanges(URI service, int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(number -> exchange(service, number % size.repositories()))
                .toArray(byte[][]::new);
    }

    /** One exchange for a repository. */
    byte[] exchange(URI service, int repository) {
        var address = service.resolve("/sts/exchange?scope=" + fullName(repository) + "&identity=" + IDENTITY);
        return HttpCall.get(address, token(repository)).bytes();
    }

    private String token(int repository) {
        var name = fullName(repository);
        var token = issuer.token()
                .subject("repo:" + name + ":ref:refs/heads/main")
                .audience(Deployment.DOMAIN)
                .claim("jti", UUID.randomUUID().toString())
                .claim("repository", name)
                .claim("repository_owner", owner(repository))
                .claim("ref", "refs/heads/main")
                .claim("ref_protected", "true")
                .claim("sha", "0123456789abcdef0123456789abcdef01234567")
                .claim("event_name", "push")
                .claim("actor", "octocat")
                .claim("runner_environment", "github-hosted")
                .claim("workflow_ref", name + "/.github/workflows/deploy.yaml@refs/heads/main")
                .claim("job_workflow_ref", name + "/.github/workflows/deploy.yaml@refs/heads/main");
        for (int i = 0; i < Math.max(size.claims(), size.patterns()); i++) {
            token.claim("extra_" + i, "value-" + i);
        }
        return token.sign();
    }

    private String policy(int repository) {
        var name = fullName(repository);
        return """
                issuer: %s
                subject_pattern: repo:%s:ref:refs/heads/(main|release-[0-9]+)
                claim_pattern:
                  job_workflow_ref: %s/\\.github/workflows/deploy\\.yaml@.*
                %s%spermissions:
                  contents: write
                  deployments: write
                """.formatted(
                        issuer.url(),
                        name,
                        name,
                        lines(size.patterns(), "  extra_%1$d: value-(%1$d|[a-z]+)%n"),
                        size.claims() == 0 ? "" : "claim:\n" + lines(size.claims(), "  extra_%1$d: value-%1$d%n"));
    }

    private static String lines(int count, String line) {
        return IntStream.range(0, count).mapToObj(line::formatted).collect(Collectors.joining());
    }

    /** How many policies there are. */
    int policies() {
        return size.repositories();
    }

    private String fullName(int repository) {
        return owner(repository) + "/" + name(repository);
    }

    private String owner(int repository) {
        return "bench-org-" + repository % size.organizations();
    }

    private static String name(int repository) {
        return "repository-" + repository;
    }
}
