package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.github.ChangedFile;
import dev.octosts.github.DirectoryEntry;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.ReviewApi.Listing;
import dev.octosts.github.ReviewApi.PullState;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.review.ReviewRequest.Source;
import dev.octosts.webhook.review.report.ChangedPolicy;
import dev.octosts.webhook.review.report.Markdown;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of the policies' folder that a change touches. */
final class ChangedPolicies {

    /** The start of every fault of the folder. A later review of the commit recognizes it. */
    static final String GAP = Session.FOLDER + ": not every file was looked at: ";

    private static final String CUT = GAP
            + "GitHub lists 1000 files of a folder, and this one has more; make policies fewer, or the change smaller";
    private static final String FORBIDDEN =
            GAP + "cannot list policies: permission denied (403); check the GitHub App's contents permission";

    private final Session session;
    private final String head;
    private final SortedMap<String, ChangedPolicy> byPath = new TreeMap<>();
    private final Set<String> gaps = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private boolean listed;

    private ChangedPolicies(Session session, String head) {
        this.session = session;
        this.head = head;
    }

    /** Finds the files that these sources name. */
    static ChangedPolicies find(Session session, String head, List<Source> sources) throws GitHubException {
        var found = new ChangedPolicies(session, head);
        for (Source source : sources) {
            found.add(source);
        }
        return found;
    }

    /** The files, in path order. */
    Collection<ChangedPolicy> all() {
        return byPath.values();
    }

    /** Whether each of them was named; else every file of the folder is among them. */
    boolean isExact() {
        return !listed;
    }

    /** Why files that the change touches may be missing here, one line each. With such a fault no review passes. */
    Set<String> gaps() {
        return gaps;
    }

    /** Why files are here that the change may not touch, one sentence of Markdown each. */
    Set<String> notes() {
        return notes;
    }

    private void add(Source source) throws GitHubException {
        switch (source) {
            case Source.Named(var files, var base) -> add(files, base);
            case Source.Compared(var base) -> add(need("comparison", compared(base)), base);
            case Source.Against(var base) -> addAgainst(base);
            case Source.PullRequest pull -> addPullRequest(pull);
            case Source.Listed() -> addFolder("");
        }
    }

    private GitHubResult<Listing<ChangedFile>> compared(String base) {
        return session.gitHub().compare(session.access(), base, head);
    }

    private void addAgainst(String base) throws GitHubException {
        GitHubResult<Listing<ChangedFile>> comparison = compared(base);
        if (comparison instanceof Failure<?>(var reason)
                && (reason == Reason.NOT_FOUND || reason == Reason.UNPROCESSABLE)) {
            notes.add("GitHub cannot compare this commit with " + Markdown.code(base)
                    + ", so every file of the folder was reviewed.");
            addFolder("");
            return;
        }
        add(need("comparison", comparison), base);
    }

    /**
     * GitHub lists the files of a pull request as it is now. Since the event, its head or its base may have changed.
     * The list counts only when it is of these commits, and whole; else the commits are compared, which cannot change.
     */
    private void addPullRequest(Source.PullRequest pull) throws GitHubException {
        GitHubResult<Listing<ChangedFile>> answer = session.gitHub().pullRequestFiles(session.access(), pull.number());
        if (answer instanceof Failure<?>(var reason)
                && reason == Reason.FORBIDDEN
                && !pull.base().isEmpty()) {
            // An App without the permission for pull requests still sees commits.
            addAgainst(pull.base());
            return;
        }
        Listing<ChangedFile> files = need("files of the pull request", answer);
        switch (session.gitHub().pullRequest(session.access(), pull.number())) {
            case Success<PullState>(var now) -> {
                String base = pull.base().isEmpty() ? now.base() : pull.base();
                if (isOf(pull, now, files)) {
                    add(files, base);
                } else {
                    addAgainst(base);
                }
            }
            case Failure<PullState>(var reason) -> {
                if (reason != Reason.NOT_FOUND && reason != Reason.FORBIDDEN) {
                    throw new GitHubException("pull request", reason);
                }
                if (pull.base().isEmpty()) {
                    addFolder("");
                } else {
                    addAgainst(pull.base());
                }
            }
        }
    }

    private boolean isOf(Source.PullRequest pull, PullState now, Listing<ChangedFile> files) {
        int count = files.items().size();
        boolean counted = !files.whole() || (count == now.files() && (pull.files() == 0 || pull.files() == count));
        boolean based = pull.base().isEmpty() || pull.base().equals(now.base());
        return now.head().equals(head) && based && counted;
    }

    private void add(Listing<ChangedFile> listing, String base) throws GitHubException {
        add(listing.items(), base);
        if (!listing.whole()) {
            addFolder(base);
        }
    }

    private void add(List<ChangedFile> files, String base) {
        for (ChangedFile file : files) {
            if (file.path().startsWith(PolicyPaths.FOLDER)) {
                byPath.putIfAbsent(file.path(), new ChangedPolicy(file, base));
            } else if (file.previousPath().startsWith(PolicyPaths.FOLDER)) {
                // It was moved to where it is no policy any more.
                var gone = new ChangedFile(file.previousPath(), ChangedFile.Kind.REMOVED);
                byPath.putIfAbsent(gone.path(), new ChangedPolicy(gone, base));
            }
        }
    }

    private void addFolder(String base) throws GitHubException {
        listed = true;
        GitHubResult<Listing<DirectoryEntry>> answer = session.folder(head);
        if (answer instanceof Failure<?>(var reason) && reason == Reason.FORBIDDEN) {
            gaps.add(FORBIDDEN);
            return;
        }
        Listing<DirectoryEntry> folder = need("folder", answer);
        add(
                folder.items().stream()
                        .map(entry -> new ChangedFile(entry.path(), ChangedFile.Kind.MODIFIED))
                        .toList(),
                base);
        if (!folder.whole()) {
            gaps.add(CUT);
        }
    }
}
