package dev.octosts.app.operators;

import dev.octosts.app.usage.PolicyProposal;
import dev.octosts.app.usage.UsageReport.PolicyReport;
import dev.octosts.github.AppPools;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitBlob;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Installation;
import dev.octosts.github.MintedToken;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads the policies that are too wide, to propose narrower ones: with a token that can read the one repository and is
 * revoked, one policy at a time, and each once in five minutes.
 */
final class LivePolicies {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    /** A file may have a megabyte. */
    private static final int MOST = 8;

    private static final int PARTS = 3;

    private final GitHub gitHub;
    private final AppPools apps;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);
    private final Map<String, Read> reads = new LinkedHashMap<>();

    LivePolicies(GitHub gitHub, AppPools apps, Clock clock) {
        this.gitHub = gitHub;
        this.apps = apps;
        this.clock = clock;
    }

    private record Read(Instant at, Optional<byte[]> file) {}

    /** The narrower policy, if the file at GitHub is still the version that granted the last token. */
    PolicyProposal proposal(PolicyReport report) {
        Optional<Optional<byte[]>> answer = file(report.path());
        if (answer.isEmpty()) {
            return PolicyProposal.without("another policy is read just now; load the page again for the change");
        }
        Optional<byte[]> file = answer.get();
        if (file.isEmpty()) {
            return PolicyProposal.without(
                    "the policy could not be read at GitHub; octo-sts audit report --policies makes"
                            + " the change from a checkout");
        }
        return GitBlob.id(file.get()).equals(report.blob())
                ? PolicyProposal.of(report, file.get())
                : PolicyProposal.without(
                        "the policy at GitHub is another version than the one that granted the last token; the next"
                                + " token tells what it needs");
    }

    /** The file, or nothing in it when there is none; empty when somebody else is at it. */
    private Optional<Optional<byte[]>> file(String path) {
        if (!turn.tryAcquire()) {
            return Optional.empty();
        }
        try {
            Instant now = clock.instant();
            reads.values().removeIf(read -> read.at().isBefore(now.minus(REMEMBERED)));
            if (reads.size() >= MOST) {
                reads.remove(reads.keySet().iterator().next());
            }
            return Optional.of(
                    reads.computeIfAbsent(path, _ -> new Read(now, read(path))).file());
        } finally {
            turn.release();
        }
    }

    private Optional<byte[]> read(String path) {
        String[] parts = path.split("/", PARTS);
        Optional<GitHubApp> app = parts.length < PARTS ? Optional.empty() : apps.first(parts[0]);
        if (app.isEmpty()
                || !(gitHub.installation(app.get(), parts[0]) instanceof Success<Installation>(var installation))) {
            return Optional.empty();
        }
        var asked = TokenRequest.toRead(List.of(parts[1]));
        if (!(gitHub.mint(new Route(parts[0], app.get(), installation), asked)
                instanceof Success<MintedToken>(var minted))) {
            return Optional.empty();
        }
        try {
            var place = new GitHub.FilePlace(parts[0], parts[1], parts[2], installation.id());
            return gitHub.content(app.get(), minted.token(), place, "") instanceof Success<FileContent>(var found)
                            && found instanceof FileContent.File file
                    ? Optional.of(file.bytes())
                    : Optional.empty();
        } finally {
            gitHub.revokeLater(app.get(), parts[0], minted.token());
        }
    }
}
