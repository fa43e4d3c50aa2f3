package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.github.ChangedFile;
import dev.octosts.github.DirectoryEntry;
import dev.octosts.github.ReviewApi.Listing;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.review.ReviewRequest.Source;
import dev.octosts.webhook.review.report.ChangedPolicy;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of the policies' folder that a change touches. */
final class ChangedPolicies {

    private final Session session;
    private final String head;
    private final SortedMap<String, ChangedPolicy> byPath = new TreeMap<>();
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

    private void add(Source source) throws GitHubException {
        switch (source) {
            case Source.Named(var files, var base) -> add(files, base);
            case Source.Compared(var base) ->
                add(need("comparison", session.gitHub().compare(session.access(), base, head)), base);
            case Source.PullRequest(var number, var base) ->
                add(
                        need("files of the pull request", session.gitHub().pullRequestFiles(session.access(), number)),
                        base);
            case Source.Listed() -> addFolder("");
        }
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
            }
        }
    }

    private void addFolder(String base) throws GitHubException {
        listed = true;
        Listing<DirectoryEntry> folder = need("folder", session.folder(head));
        add(
                folder.items().stream()
                        .map(entry -> new ChangedFile(entry.path(), ChangedFile.Kind.MODIFIED))
                        .toList(),
                base);
    }
}
