package dev.octosts.webhook.review;

import dev.octosts.exchange.github.Answer.Success;
import dev.octosts.exchange.github.FileContent;
import dev.octosts.policy.lint.FileKind;
import dev.octosts.webhook.review.Finding.Meaning;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The former contents of files, before a change. They make reviews readable and decide nothing, so data that cannot be
 * had is left out.
 */
final class Former {

    private final Session session;

    Former(Session session) {
        this.session = session;
    }

    /** The former meanings of the files, by their present path. */
    Map<String, Meaning> meanings(Collection<Touched> files, Function<Touched, FileKind> kind) {
        var meanings = new HashMap<String, Meaning>();
        try {
            SideBySide.ask(
                            files.stream().filter(Touched::hasFormerVersion).toList(),
                            file -> meaning(file, kind.apply(file)))
                    .forEach((file, meaning) -> meaning.ifPresent(known -> meanings.put(file.path(), known)));
        } catch (GitHubException impossible) {
            throw new IllegalStateException("what cannot be had is left out", impossible);
        }
        return meanings;
    }

    private Optional<Meaning> meaning(Touched file, FileKind kind) {
        return session.file(file.file().previousPath(), file.base())
                        instanceof Success<FileContent>(FileContent.File(var bytes, var _))
                ? Judge.meaning(kind, bytes)
                : Optional.empty();
    }
}
