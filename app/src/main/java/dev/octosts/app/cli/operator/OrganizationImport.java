package dev.octosts.app.cli.operator;

import dev.octosts.api.InstallationToken;
import dev.octosts.app.usage.AuditLogFile;
import dev.octosts.app.usage.UsageImport;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.app.usage.UsageStore.Kind;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.github.AuditLogApi;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Installation;
import dev.octosts.github.MintedToken;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in the audit log of an organization from GitHub's API, with a token that can read it and do nothing else. The
 * events come with the oldest first, so what was read when it stops is whole, and the next time goes on there.
 */
final class OrganizationImport {

    /** Events are in the log some time after they happened. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final String AGAIN = "; run this again: it goes on where it stopped";

    private final GitHub gitHub;
    private final List<GitHubApp> apps;
    private final String organization;
    private final Clock clock;

    /** @param organization in lower case */
    OrganizationImport(GitHub gitHub, List<GitHubApp> apps, String organization, Clock clock) {
        this.gitHub = gitHub;
        this.apps = List.copyOf(apps);
        this.organization = organization;
        this.clock = clock;
    }

    /** An App's token for the log, or why there is none. */
    private record Access(Optional<GitHubApp> app, Optional<InstallationToken> token, String fault) {

        static Access none(String fault) {
            return new Access(Optional.empty(), Optional.empty(), fault);
        }
    }

    /**
     * Reads pages into a store.
     *
     * @param oldest where to begin when nothing is known yet
     * @param most how many pages at most
     * @return why the log was not read to its end; empty when it was
     */
    String read(UsageStore store, UsageImport events, Instant oldest, int most) throws StoreException {
        Access access = access();
        if (access.token().isEmpty()) {
            return access.fault();
        }
        GitHubApp app = access.app().orElseThrow();
        InstallationToken token = access.token().get();
        try {
            return read(store, events, app, token, begin(store, oldest), most);
        } finally {
            gitHub.revokeLater(app, organization, token);
        }
    }

    private Instant begin(UsageStore store, Instant oldest) throws StoreException {
        return store.windows().stream()
                .filter(window -> window.kind() == Kind.LOG && window.owner().equals(organization))
                .map(Window::until)
                .max(Comparator.naturalOrder())
                .map(until -> until.minus(OVERLAP))
                .filter(oldest::isBefore)
                .orElse(oldest)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private String read(
            UsageStore store, UsageImport events, GitHubApp app, InstallationToken token, Instant since, int most)
            throws StoreException {
        Instant begun = clock.instant();
        String after = "";
        for (int page = 0; page < most; page++) {
            switch (gitHub.auditLog().page(token, organization, since, after)) {
                case Failure<AuditLogApi.EventPage>(var reason) -> {
                    events.finish();
                    return fault(reason, app);
                }
                case Success<AuditLogApi.EventPage>(var found) -> {
                    long before = events.tally().events();
                    take(found.json(), events);
                    boolean isLast = events.tally().events() == before
                            || found.next().filter(after::equals).isPresent();
                    if (found.next().isEmpty() || isLast) {
                        events.finish();
                        Instant until = begun.minus(OVERLAP);
                        if (until.isAfter(since)) {
                            store.cover(List.of(new Window(organization, Kind.LOG, since, until)));
                        }
                        return "";
                    }
                    after = found.next().get();
                }
            }
        }
        events.finish();
        return most + " pages were read, and there are more" + AGAIN;
    }

    private static void take(byte[] page, UsageImport events) throws StoreException {
        try {
            AuditLogFile.read(new ByteArrayInputStream(page), events);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The first App that may read the log. */
    private Access access() {
        Access last = Access.none("there is no App");
        for (GitHubApp app : apps) {
            last = access(app);
            if (last.token().isPresent()) {
                return last;
            }
        }
        return last;
    }

    private Access access(GitHubApp app) {
        GitHubResult<Installation> installation = gitHub.installation(app, organization);
        if (!(installation instanceof Success<Installation>(var found))) {
            return Access.none(
                    installation.equals(new Failure<>(Reason.NOT_FOUND))
                            ? name(app) + " is not installed on " + organization + "; install it there"
                            : name(app) + " cannot ask for its installation on " + organization
                                    + "; see octo-sts app doctor");
        }
        var asked = new TokenRequest(Map.of(AuditLogApi.PERMISSION, "read"), List.of());
        return switch (gitHub.mint(new Route(organization, app, found), asked)) {
            case Success<MintedToken>(var minted) -> new Access(Optional.of(app), Optional.of(minted.token()), "");
            case Failure<MintedToken>(var reason) -> Access.none(mintFault(reason, app));
        };
    }

    private String mintFault(Reason reason, GitHubApp app) {
        return switch (reason) {
            case UNPROCESSABLE ->
                organization + " has not granted " + name(app) + " " + AuditLogApi.PERMISSION
                        + ": read; add it to the App (Organization permissions, Administration), let an owner accept"
                        + " it, and run this again";
            case FORBIDDEN ->
                "GitHub mints no token for " + name(app) + " on " + organization
                        + "; its installation may be suspended";
            case NOT_FOUND, UNAUTHORIZED, LIMITED, UNAVAILABLE -> fault(reason, app);
        };
    }

    private String fault(Reason reason, GitHubApp app) {
        return switch (reason) {
            case NOT_FOUND ->
                "GitHub shows no audit log of " + organization + "; only organizations of GitHub Enterprise Cloud have"
                        + " one in the API, and " + name(app) + " needs " + AuditLogApi.PERMISSION + ": read";
            case FORBIDDEN ->
                "GitHub refuses " + name(app) + " the audit log of " + organization + "; it needs "
                        + AuditLogApi.PERMISSION + ": read";
            case LIMITED -> "GitHub limits the requests; wait an hour" + AGAIN;
            case UNAUTHORIZED -> "GitHub does not accept the token, which is valid for an hour" + AGAIN;
            case UNPROCESSABLE, UNAVAILABLE -> "GitHub does not answer as it documents" + AGAIN;
        };
    }

    private static String name(GitHubApp app) {
        return "App " + app.id();
    }
}
