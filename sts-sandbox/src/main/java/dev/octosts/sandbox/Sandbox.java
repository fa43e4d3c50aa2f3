package dev.octosts.sandbox;

import dev.octosts.sandbox.github.SandboxGitHub;
import dev.octosts.sandbox.oidc.SandboxIssuers;
import dev.octosts.sandbox.tls.CertificateAuthority;

/** A GitHub and a place for issuers, started together on loopback and closed together. */
public final class Sandbox implements AutoCloseable {
    private final SandboxClock clock;
    private final CertificateAuthority authority;
    private final SandboxGitHub github;
    private final SandboxIssuers issuers;

    private Sandbox(SandboxClock clock, CertificateAuthority authority, SandboxGitHub github, SandboxIssuers issuers) {
        this.clock = clock;
        this.authority = authority;
        this.github = github;
        this.issuers = issuers;
    }

    /** On free ports. */
    public static Sandbox start() {
        return start(0, 0);
    }

    /** On these ports; 0 takes a free one. */
    public static Sandbox start(int githubPort, int issuerPort) {
        var clock = new SandboxClock();
        var authority = CertificateAuthority.create();
        var github = SandboxGitHub.start(clock, authority, githubPort);
        try {
            return new Sandbox(clock, authority, github, SandboxIssuers.start(clock, issuerPort));
        } catch (RuntimeException issuersFailed) {
            github.close();
            throw issuersFailed;
        }
    }

    public SandboxGitHub github() {
        return github;
    }

    public SandboxIssuers issuers() {
        return issuers;
    }

    /** The clock of GitHub and the issuers. */
    public SandboxClock clock() {
        return clock;
    }

    /** The authority that issues GitHub's certificate. */
    public CertificateAuthority authority() {
        return authority;
    }

    @Override
    public void close() {
        issuers.close();
        github.close();
    }
}
