package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.PolicyEvent.Change;
import dev.octosts.github.ChangedFile;
import dev.octosts.github.DirectoryEntry;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.payload.RepositoryRef;
import dev.octosts.webhook.review.ReviewRequest.ChangedPaths;
import dev.octosts.webhook.review.ReviewRequest.DefaultBranchChange;
import dev.octosts.webhook.review.report.FileReview.Meaning;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records which policies came into force, or went out of force. A change that cannot be read is recorded too, without
 * the unknown parts.
 */
final class DefaultBranchAudit {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultBranchAudit.class);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_FILES = 1_000;

    private final PolicyPaths paths;
    private final Clock clock;
    private final Consumer<PolicyEvent> events;
    private final Cache<String, Boolean> recorded =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    DefaultBranchAudit(PolicyPaths paths, Clock clock, Consumer<PolicyEvent> events) {
        this.paths = paths;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Records the changes that a request has brought to the default branch. It does so once, even when the delivery comes
     * again.
     */
    void audit(ReviewRequest request, Optional<DefaultBranchChange> change, Optional<Session> session) {
        if (change.isEmpty()) {
            return;
        }
        RepositoryRef repository = request.repository();
        String key = repository.owner() + "/" + repository.name() + "@" + request.head();
        if (recorded.getIfPresent(key) != null) {
            return;
        }
        try {
            for (FileChange file : files(request, change.get(), session)) {
                Optional<FileKind> kind = paths.known(repository.name(), file.path());
                if (kind.isPresent()) {
                    events.accept(event(request, change.get(), file, kind.get(), session));
                }
            }
            recorded.put(key, true);
        } catch (GitHubException unknown) {
            LOG.warn(
                    "policies of {}/{} may have changed, and GitHub does not say which: {}",
                    repository.owner(),
                    repository.name(),
                    unknown.getMessage());
        }
    }

    /**
     * What happened to a file.
     *
     * @param previousPath the path that it had before; the same unless it was renamed
     */
    private record FileChange(String path, String previousPath, Change change) {

        static FileChange of(ChangedFile file) {
            return new FileChange(
                    file.path(),
                    file.previousPath(),
                    switch (file.kind()) {
                        case ADDED -> Change.ADDED;
                        case MODIFIED -> Change.CHANGED;
                        case REMOVED -> Change.REMOVED;
                    });
        }

        static FileChange of(String path, Change change) {
            return new FileChange(path, path, change);
        }
    }

    private static List<FileChange> files(ReviewRequest request, DefaultBranchChange change, Optional<Session> session)
            throws GitHubException {
        if (change.paths() instanceof ChangedPaths.Named(var files)) {
            return files.stream().limit(MOST_FILES).map(FileChange::of).toList();
        }
        if (session.isEmpty()) {
            throw new GitHubException("folder", Reason.UNAVAILABLE);
        }
        Map<String, String> now = folder(session.get(), request.head());
        if (ReviewPlanner.isNone(change.before())) {
            return now.keySet().stream()
                    .map(path -> FileChange.of(path, Change.ADDED))
                    .toList();
        }
        if (!session.get().has(change.before())) {
            // Git has deleted the commit. What is in force can be said, and what it was before cannot.
            return now.keySet().stream()
                    .map(path -> FileChange.of(path, Change.PRESENT))
                    .toList();
        }
        return difference(folder(session.get(), change.before()), now);
    }

    private static List<FileChange> difference(Map<String, String> before, Map<String, String> now) {
        var files = new ArrayList<FileChange>();
        now.forEach((path, sha) -> {
            if (!sha.equals(before.get(path))) {
                files.add(FileChange.of(path, before.containsKey(path) ? Change.CHANGED : Change.ADDED));
            }
        });
        before.keySet().stream()
                .filter(path -> !now.containsKey(path))
                .forEach(path -> files.add(FileChange.of(path, Change.REMOVED)));
        return files;
    }

    private static Map<String, String> folder(Session session, String commit) throws GitHubException {
        var files = new HashMap<String, String>();
        for (DirectoryEntry entry : need("folder", session.folder(commit)).items()) {
            files.put(entry.path(), entry.sha());
        }
        return files;
    }

    private PolicyEvent event(
            ReviewRequest request,
            DefaultBranchChange change,
            FileChange file,
            FileKind kind,
            Optional<Session> session) {
        Optional<Meaning> now = file.change() == Change.REMOVED
                ? Optional.empty()
                : session.flatMap(open -> meaning(open, file.path(), request.head(), kind));
        boolean wasThere = file.change() == Change.CHANGED || file.change() == Change.REMOVED;
        Optional<Meaning> before = !wasThere || ReviewPlanner.isNone(change.before())
                ? Optional.empty()
                : session.flatMap(open -> meaning(open, file.previousPath(), change.before(), kind));
        return new PolicyEvent(
                file.change(),
                scope(request.repository(), kind),
                identity(file.path()),
                file.path(),
                request.head(),
                change.actor(),
                grant(before),
                grant(now),
                clock.instant());
    }

    /** The scope by which callers ask for a policy of this file. */
    private static String scope(RepositoryRef repository, FileKind kind) {
        return kind == FileKind.REPOSITORY ? repository.owner() + "/" + repository.name() : repository.owner();
    }

    private static String identity(String path) {
        String identity = PolicyPaths.identity(path);
        return identity.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : identity;
    }

    private static Optional<Meaning> meaning(Session session, String path, String commit, FileKind kind) {
        try {
            return need("file", session.file(path, commit)) instanceof FileContent.File(var bytes, var _)
                    ? FileReviewer.meaning(kind, bytes)
                    : Optional.empty();
        } catch (GitHubException unknown) {
            return Optional.empty();
        }
    }

    private static @Nullable Map<String, Object> grant(Optional<Meaning> meaning) {
        return meaning.isPresent() && meaning.get() instanceof Meaning.Policy(var policy)
                ? policy.document().keys()
                : null;
    }
}
