package dev.octosts.policy.lint;

import dev.octosts.policy.SharedPlatforms;
import java.util.Map;
import java.util.stream.Stream;

/** The providers whose issuers have a known form, with the known facts about their tokens. */
enum Platform {
    /** GitHub Actions on github.com. */
    GITHUB("https://token.actions.githubusercontent.com", "repo:%s/", true),
    GITLAB("https://gitlab.com", "project_path:%s/", true),
    GOOGLE("https://accounts.google.com", "%s", true),
    BUILDKITE("https://agent.buildkite.com", "organization:%s:", true),
    TERRAFORM_CLOUD("https://app.terraform.io", "organization:%s:", true),
    /** An issuer for each organization. */
    CIRCLECI("https://oidc.circleci.com/org/", "%s", true),
    /** Clusters of Amazon. */
    EKS("https://oidc.eks.", "%s", true),
    /** Clusters of Google. */
    GKE("https://container.googleapis.com/v1/projects/", "%s", true),
    /** Audience is {@code api://AzureADTokenExchange}. */
    AZURE_DEVOPS("https://vstoken.dev.azure.com/", "%s", false),
    /** Audience is an application that is registered in the tenant. */
    ENTRA("https://login.microsoftonline.com/", "%s", false),
    /** As {@link #ENTRA}, tokens of version 1. */
    ENTRA_1("https://sts.windows.net/", "%s", false),
    /** Audience is {@code ari:cloud:bitbucket::workspace/…}. */
    BITBUCKET("https://api.bitbucket.org/2.0/workspaces/", "%s", false),
    OTHER("", "%s", true);

    /** Wrong issuers that people write for a well-known one. */
    static final Map<String, String> ALSO_WRITTEN = Map.ofEntries(
            Map.entry("https://github.com", GITHUB.issuer),
            Map.entry("https://www.github.com", GITHUB.issuer),
            Map.entry("https://api.github.com", GITHUB.issuer),
            Map.entry("https://actions.github.com", GITHUB.issuer),
            Map.entry("https://github.com/login/oauth", GITHUB.issuer),
            Map.entry("https://githubusercontent.com", GITHUB.issuer),
            Map.entry("https://token.actions.github.com", GITHUB.issuer),
            Map.entry("https://actions.githubusercontent.com", GITHUB.issuer),
            Map.entry("https://vstoken.actions.githubusercontent.com", GITHUB.issuer),
            Map.entry("https://www.gitlab.com", GITLAB.issuer),
            Map.entry("https://gitlab.com/oauth/discovery/keys", GITLAB.issuer),
            Map.entry("https://gitlab.com/-/jwks", GITLAB.issuer),
            Map.entry("https://google.com", GOOGLE.issuer),
            Map.entry("https://www.googleapis.com", GOOGLE.issuer),
            Map.entry("https://sts.googleapis.com", GOOGLE.issuer),
            Map.entry("https://oauth2.googleapis.com", GOOGLE.issuer),
            Map.entry("https://buildkite.com", BUILDKITE.issuer),
            Map.entry("https://api.buildkite.com", BUILDKITE.issuer),
            Map.entry("https://agent.buildkite.com/v3", BUILDKITE.issuer),
            Map.entry("https://terraform.io", TERRAFORM_CLOUD.issuer));

    /** The names that people use for providers with one issuer for all customers. */
    static final Map<String, String> NAMES = Map.of(
            "github", GITHUB.issuer,
            "github-actions", GITHUB.issuer,
            "gitlab", GITLAB.issuer,
            "google", GOOGLE.issuer,
            "buildkite", BUILDKITE.issuer,
            "terraform", TERRAFORM_CLOUD.issuer,
            "terraform-cloud", TERRAFORM_CLOUD.issuer);

    private final String issuer;
    private final String subject;
    private final boolean anyAudience;

    Platform(String issuer, String subject, boolean anyAudience) {
        this.issuer = issuer;
        this.subject = subject;
        this.anyAudience = anyAudience;
    }

    static Platform of(AcceptedValues issuer) {
        return Stream.of(values())
                .filter(provider -> provider.fits(issuer))
                .findFirst()
                .orElse(OTHER);
    }

    /** Issuers that all customers of a provider share. */
    static Stream<String> sharedIssuers() {
        return Stream.of(values()).filter(Platform::isShared).map(provider -> provider.issuer);
    }

    String issuer() {
        return issuer;
    }

    /** Whether all its customers have the same issuer. */
    boolean isShared() {
        return SharedPlatforms.isOneForAll(issuer);
    }

    /** Whether a token can have the audience that its receiver wants. */
    boolean hasAnyAudience() {
        return anyAudience;
    }

    /** The start of the subjects of a customer with that name. */
    String subjectOf(String customer) {
        return subject.formatted(customer);
    }

    private boolean fits(AcceptedValues values) {
        if (this == OTHER) {
            return true;
        }
        boolean open = issuer.endsWith("/") || issuer.endsWith(".");
        return open ? values.start().startsWith(issuer) : values.canBe(issuer);
    }
}
