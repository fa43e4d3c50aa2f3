package dev.octosts.sandbox;

import dev.octosts.sandbox.github.Account;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.github.Installation;
import dev.octosts.sandbox.github.Repository;
import dev.octosts.sandbox.github.SandboxGitHub;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import dev.octosts.sandbox.oidc.TokenBuilder;

/**
 * The organization of the demonstration, {@code octo-org}: an App installed for all its repositories, an issuer that
 * speaks like GitHub Actions, and policies that show a grant to a workflow, a grant by the organization, and a refusal.
 */
public final class DemoWorld {
    public static final String OWNER = "octo-org";
    public static final String REPOSITORY = "octo-repo";
    public static final String POLICY_REPOSITORY = ".github";

    /** A repository policy that {@link #workflowToken} satisfies: {@code contents: read}, {@code issues: write}. */
    public static final String CI = "ci";

    /** A repository policy for another workflow, which {@link #workflowToken} does not satisfy. */
    public static final String RELEASE = "release";

    /** An organization policy that {@link #workflowToken} satisfies, for two repositories of the organization. */
    public static final String READER = "reader";

    /** A repository policy for a prober, for tokens of {@link #PROBER_SUBJECT}. */
    public static final String PROBER = "prober";

    /** The subject of the prober's tokens. */
    public static final String PROBER_SUBJECT = "octo-prober";

    private static final String WORKFLOW = OWNER + "/" + REPOSITORY + "/.github/workflows/ci.yaml@refs/heads/main";

    private final SandboxIssuer issuer;
    private final GitHubApp app;
    private final Installation installation;
    private final Repository repository;

    private DemoWorld(SandboxIssuer issuer, GitHubApp app, SandboxGitHub github) {
        this.issuer = issuer;
        this.app = app;
        var organization = github.organization(OWNER);
        this.installation = github.install(app, organization);
        this.repository = repositories(github, organization);
    }

    /** Builds it in a sandbox. The issuer signs every token that its {@code /token} is asked for. */
    public static DemoWorld in(Sandbox sandbox) {
        return in(sandbox, app(sandbox));
    }

    /** The App alone, for a service that can start while the rest is built by {@link #in(Sandbox, GitHubApp)}. */
    public static GitHubApp app(Sandbox sandbox) {
        return sandbox.github().app("octo-sts-sandbox");
    }

    /** As {@link #in(Sandbox)}, with an App that the sandbox has already. */
    public static DemoWorld in(Sandbox sandbox, GitHubApp app) {
        var issuer = sandbox.issuers()
                .create("localhost", "/actions", Algorithm.RS256)
                .algorithms(Algorithm.RS256.text())
                .insecureSignOnDemand();
        return new DemoWorld(issuer, app, sandbox.github());
    }

    public SandboxIssuer issuer() {
        return issuer;
    }

    public GitHubApp app() {
        return app;
    }

    public Installation installation() {
        return installation;
    }

    public Repository repository() {
        return repository;
    }

    /** The token of a workflow run on the main branch of {@code octo-org/octo-repo}. */
    public TokenBuilder workflowToken(String audience) {
        return issuer.token()
                .subject("repo:" + OWNER + "/" + REPOSITORY + ":ref:refs/heads/main")
                .audience(audience)
                .claim("repository", OWNER + "/" + REPOSITORY)
                .claim("repository_owner", OWNER)
                .claim("ref", "refs/heads/main")
                .claim("ref_protected", "true")
                .claim("event_name", "push")
                .claim("actor", "octocat")
                .claim("runner_environment", "github-hosted")
                .claim("job_workflow_ref", WORKFLOW);
    }

    /** The text of the policy of {@link #CI}, {@link #RELEASE}, {@link #READER} or {@link #PROBER}. */
    public String policy(String identity) {
        return switch (identity) {
            case CI -> ciPolicy();
            case RELEASE -> releasePolicy();
            case READER -> readerPolicy();
            case PROBER -> proberPolicy();
            default -> throw new IllegalArgumentException("there is no policy for " + identity);
        };
    }

    private Repository repositories(SandboxGitHub github, Account organization) {
        github.repository(organization, "octo-docs").put("README.md", "# Documentation\n");
        github.repository(organization, "octo-secrets").put("README.md", "# Not for everybody\n");
        github.repository(organization, POLICY_REPOSITORY)
                .put("README.md", "# Policies of the organization\n")
                .put(policyFile(READER), policy(READER));
        return github.repository(organization, REPOSITORY)
                .put("README.md", "# An example\n")
                .put(policyFile(CI), policy(CI))
                .put(policyFile(RELEASE), policy(RELEASE))
                .put(policyFile(PROBER), policy(PROBER));
    }

    /** The path of a policy of that identity in its repository. */
    public static String policyFile(String identity) {
        return ".github/chainguard/" + identity + ".sts.yaml";
    }

    private String ciPolicy() {
        return """
                # Workflows of this repository may read its files and open issues.
                issuer: %s
                subject_pattern: repo:octo-org/octo-repo:ref:refs/heads/(main|release-[0-9]+)
                claim_pattern:
                  job_workflow_ref: octo-org/octo-repo/\\.github/workflows/ci\\.yaml@.*
                permissions:
                  contents: read
                  issues: write
                """.formatted(issuer.url());
    }

    private String releasePolicy() {
        return """
                # Only the release workflow, and only for tags.
                issuer: %s
                subject_pattern: repo:octo-org/octo-repo:ref:refs/tags/v[0-9.]+
                claim_pattern:
                  job_workflow_ref: octo-org/octo-repo/\\.github/workflows/release\\.yaml@.*
                permissions:
                  contents: write
                """.formatted(issuer.url());
    }

    private String proberPolicy() {
        return """
                # A prober reads this file and lists issues, and must not be able to do more.
                issuer: %s
                subject: %s
                permissions:
                  contents: read
                  issues: read
                """.formatted(issuer.url(), PROBER_SUBJECT);
    }

    private String readerPolicy() {
        return """
                # Any protected branch of octo-repo may read the code and the documentation.
                issuer: %s
                subject_pattern: repo:octo-org/octo-repo:.*
                claim_pattern:
                  ref_protected: "true"
                permissions:
                  contents: read
                repositories:
                  - octo-repo
                  - octo-docs
                """.formatted(issuer.url());
    }
}
