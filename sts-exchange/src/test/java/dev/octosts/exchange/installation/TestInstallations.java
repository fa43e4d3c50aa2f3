package dev.octosts.exchange.installation;

import dev.octosts.exchange.installation.Installations.Result;
import dev.octosts.github.Route;
import dev.octosts.github.fixture.GitHubFixture;
import java.util.List;

/** Installations of a {@link GitHubFixture}. */
public final class TestInstallations {

    private TestInstallations() {}

    /** Installations, with nothing known yet. */
    public static Installations of(GitHubFixture gitHub) {
        return new Installations(gitHub.client(), gitHub.time(), lookup -> {});
    }

    /** The way to the organization as it was looked up. */
    public static Route route(GitHubFixture gitHub, Installations installations) {
        return switch (installations.find(List.of(gitHub.caller()), gitHub.owner())) {
            case Result.Found(var found, var where) -> new Route(gitHub.owner(), found, where);
            case Result.None none -> throw new AssertionError(none);
            case Result.Suspended suspended -> throw new AssertionError(suspended);
            case Result.Unknown unknown -> throw new AssertionError(unknown);
        };
    }
}
