package dev.octosts.sandbox.github;

/** The caller, as far as the credentials prove it. */
sealed interface Caller {
    record Anonymous() implements Caller {}

    record AsApp(GitHubApp app) implements Caller {}

    record AsInstallation(InstallationToken token) implements Caller {}

    /** Credentials that are not accepted; the message is GitHub's. */
    record Refused(String message) implements Caller {}
}
