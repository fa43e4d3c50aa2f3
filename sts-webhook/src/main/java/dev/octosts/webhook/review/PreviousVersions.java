package dev.octosts.webhook.review;

import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.webhook.review.report.ChangedPolicy;
import dev.octosts.webhook.review.report.FileReview.Meaning;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The former contents of files, before a change. They make reviews readable and decide nothing, so data that cannot be
 * had is left out.
 */
public final class PreviousVersions {

    private final Session session;

    public PreviousVersions(Session session) {
        this.session = session;
    }

    /** The former meanings of the files, by their present path. */
    public Map<String, Meaning> meanings(Collection<ChangedPolicy> files, Function<ChangedPolicy, FileKind> kind) {
        var meanings = new HashMap<String, Meaning>();
        try {
            ParallelRequests.ask(
                            files.stream()
                                    .filter(ChangedPolicy::hasFormerVersion)
                                    .toList(),
                            file -> meaning(file, kind.apply(file)))
                    .forEach((file, meaning) -> meaning.ifPresent(known -> meanings.put(file.path(), known)));
        } catch (GitHubException impossible) {
            throw new IllegalStateException("what cannot be had is left out", impossible);
        }
        return meanings;
    }

    private Optional<Meaning> meaning(ChangedPolicy file, FileKind kind) {
        return session.file(file.file().previousPath(), file.base())
                        instanceof Success<FileContent>(FileContent.File(var bytes, var _))
                ? FileReviewer.meaning(kind, bytes)
                : Optional.empty();
    }
}
