package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.PolicyEvent.Action;
import dev.octosts.api.PolicyEvent.Detection;
import dev.octosts.api.PolicyEvent.Method;
import dev.octosts.api.PolicyEvent.Verdict;
import dev.octosts.github.ChangedFile;
import dev.octosts.github.DirectoryEntry;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.payload.RepositoryRef;
import dev.octosts.webhook.review.ReviewRequest.ChangedPaths;
import dev.octosts.webhook.review.ReviewRequest.DefaultBranchChange;
import dev.octosts.webhook.review.report.FileReview.Meaning;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records which policies came into force, or went out of force. A change that cannot be read is recorded too, without
 * the unknown parts. When it is not certain that all changes were found, a record says so, because a missing record
 * looks like a push that changed nothing.
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
     * Records the changes that a request has brought to the default branch. It does so once, even when the delivery
     * comes again.
     *
     * @param session reads files; empty when GitHub must not be asked
     * @param error what went wrong in the review; empty when nothing did
     */
    void audit(ReviewRequest request, Optional<DefaultBranchChange> change, Optional<Session> session, String error) {
        if (change.isEmpty()) {
            return;
        }
        RepositoryRef repository = request.repository();
        String key = repository.owner() + "/" + repository.name() + "@" + request.head();
        if (recorded.getIfPresent(key) != null) {
            return;
        }
        try {
            publish(change.get(), found(change.get(), session), session, error);
            recorded.put(key, true);
        } catch (GitHubException unknown) {
            LOG.warn(
                    "policies of {}/{} may have changed, and GitHub does not say which: {}",
                    repository.owner(),
                    repository.name(),
                    unknown.getMessage());
            String why = error.isEmpty() ? unknown.inWords() : error;
            publish(change.get(), new Found(List.of(), Detection.degraded(why)), session, error);
        }
    }

    /** The changes of a push. */
    private record Found(List<FileChange> files, Detection detection) {}

    /** What happened to a file. */
    private record FileChange(String path, Action action) {

        /** A file that was renamed is one that was deleted and another that was created: callers ask by the name. */
        static Stream<FileChange> of(ChangedFile file) {
            return switch (file.kind()) {
                case ADDED -> Stream.of(new FileChange(file.path(), Action.CREATED));
                case REMOVED -> Stream.of(new FileChange(file.path(), Action.DELETED));
                case MODIFIED ->
                    file.path().equals(file.previousPath())
                            ? Stream.of(new FileChange(file.path(), Action.UPDATED))
                            : Stream.of(
                                    new FileChange(file.path(), Action.CREATED),
                                    new FileChange(file.previousPath(), Action.DELETED));
            };
        }
    }

    private static Found found(DefaultBranchChange change, Optional<Session> session) throws GitHubException {
        if (change.paths() instanceof ChangedPaths.Named(var files, var source)) {
            return new Found(files.stream().flatMap(FileChange::of).toList(), Detection.by(source));
        }
        if (session.isEmpty()) {
            throw new GitHubException("folder", Reason.UNAVAILABLE);
        }
        String before = change.push().before();
        Map<String, String> now = folder(session.get(), change.push().commit());
        if (ReviewPlanner.isNone(before)) {
            return new Found(difference(Map.of(), now), Detection.by(Method.SNAPSHOT));
        }
        if (!session.get().has(before)) {
            // Git has deleted the commit. What is in force can be said, and what it was before cannot.
            return new Found(
                    now.keySet().stream()
                            .map(path -> new FileChange(path, Action.PRESENT))
                            .toList(),
                    Detection.degraded("GitHub does not have the commit " + before + " any more"));
        }
        return new Found(difference(folder(session.get(), before), now), Detection.by(Method.SNAPSHOT));
    }

    private static List<FileChange> difference(Map<String, String> before, Map<String, String> now) {
        var files = new ArrayList<FileChange>();
        now.forEach((path, sha) -> {
            if (!sha.equals(before.get(path))) {
                files.add(new FileChange(path, before.containsKey(path) ? Action.UPDATED : Action.CREATED));
            }
        });
        before.keySet().stream()
                .filter(path -> !now.containsKey(path))
                .forEach(path -> files.add(new FileChange(path, Action.DELETED)));
        return files;
    }

    private static Map<String, String> folder(Session session, String commit) throws GitHubException {
        var files = new HashMap<String, String>();
        for (DirectoryEntry entry : need("folder", session.folder(commit)).items()) {
            files.put(entry.path(), entry.sha());
        }
        return files;
    }

    /** The records of a push, in the order of the files. The first one says so when changes may be missing. */
    private void publish(DefaultBranchChange change, Found found, Optional<Session> session, String error) {
        String repository = change.push().repository();
        List<FileChange> files = found.files().stream()
                .filter(file -> paths.known(repository, file.path()).isPresent())
                .sorted(Comparator.comparing(FileChange::path))
                .limit(MOST_FILES)
                .toList();
        if (found.detection().method() == Method.DEGRADED) {
            events.accept(new PolicyEvent(
                    change.push(),
                    Optional.empty(),
                    found.detection(),
                    new PolicyEvent.PushPosition(0, files.size()),
                    Verdict.UNKNOWN,
                    error,
                    clock.instant()));
        }
        for (int index = 0; index < files.size(); index++) {
            FileChange file = files.get(index);
            FileKind kind = paths.known(repository, file.path()).orElseThrow();
            State now = file.action() == Action.DELETED
                    ? State.UNKNOWN
                    : state(session, file.path(), change.push().commit(), kind);
            boolean wasThere = file.action() == Action.UPDATED || file.action() == Action.DELETED;
            State before = wasThere && !ReviewPlanner.isNone(change.push().before())
                    ? state(session, file.path(), change.push().before(), kind)
                    : State.UNKNOWN;
            events.accept(new PolicyEvent(
                    change.push(),
                    Optional.of(new PolicyEvent.PolicyChange(
                            file.path(),
                            policy(file.path(), kind),
                            file.action(),
                            scope(change.push(), kind),
                            identity(file.path()),
                            before.keys(),
                            now.keys())),
                    found.detection(),
                    new PolicyEvent.PushPosition(index, files.size()),
                    now.verdict(),
                    error.isEmpty() ? now.failure() : error,
                    clock.instant()));
        }
    }

    /** The scope by which callers ask for a policy of this file. */
    private static String scope(PolicyEvent.Push push, FileKind kind) {
        return kind == PolicyKind.REPOSITORY ? push.owner() + "/" + push.repository() : push.owner();
    }

    private static String identity(String path) {
        String identity = PolicyPaths.identity(path);
        return identity.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : identity;
    }

    /** The names that octo-sts has for such files; the path tells them from policies of the same name. */
    private static String policy(String path, FileKind kind) {
        return switch (kind) {
            case PolicyKind _ -> PolicyPaths.identity(path);
            case GovernanceKind.TRUSTED_ISSUERS -> ".trusted-token-issuers";
            case GovernanceKind.GUARDRAILS -> ".guardrails";
        };
    }

    /**
     * A file at a commit.
     *
     * @param verdict whether it can be used
     * @param keys the keys of a policy that can be used, else null
     * @param failure why it was not read; empty when it was, or nobody tried
     */
    private record State(Verdict verdict, @Nullable Map<String, Object> keys, String failure) {

        static final State UNKNOWN = new State(Verdict.UNKNOWN, null, "");
    }

    private static State state(Optional<Session> session, String path, String commit, FileKind kind) {
        if (session.isEmpty()) {
            return State.UNKNOWN;
        }
        FileContent content;
        try {
            content = need("file", session.get().file(path, commit));
        } catch (GitHubException unknown) {
            return new State(Verdict.UNKNOWN, null, path + ": " + unknown.inWords());
        }
        Optional<String> fault = FileReviewer.fault(content, kind);
        return fault.isPresent()
                ? new State(new Verdict(false, path + ": " + fault.get()), null, "")
                : new State(Verdict.VALID, keys(content, kind), "");
    }

    private static @Nullable Map<String, Object> keys(FileContent content, FileKind kind) {
        if (!(content instanceof FileContent.File(var bytes, var _))) {
            return null;
        }
        Optional<Meaning> meaning = FileReviewer.meaning(kind, bytes);
        return meaning.isPresent() && meaning.get() instanceof Meaning.Policy(var policy)
                ? policy.document().keys()
                : null;
    }
}
