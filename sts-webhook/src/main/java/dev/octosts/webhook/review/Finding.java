package dev.octosts.webhook.review;

import dev.octosts.exchange.github.ChangedFile;
import dev.octosts.policy.Guardrails;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.TrustedIssuers;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found out about a file.
 *
 * @param file which file, and where it stood before
 * @param kind what it is for
 * @param remarks what there is to say, in file order
 * @param warnings those of the engine's diagnostics that count as warnings
 * @param meaning what it says, when it can be used
 */
record Finding(
        ChangedFile file, FileKind kind, List<Remark> remarks, List<Diagnostic> warnings, Optional<Meaning> meaning) {

    Finding {
        remarks = List.copyOf(remarks);
        warnings = List.copyOf(warnings);
    }

    /** What a file says. */
    sealed interface Meaning {
        /** Who may have what. */
        record Policy(TrustPolicy policy) implements Meaning {}

        /** Whom the organization trusts. */
        record Issuers(TrustedIssuers trusted) implements Meaning {}

        /** Within which limits policies of repositories may grant. */
        record Limits(Guardrails guardrails) implements Meaning {}
    }

    String path() {
        return file.path();
    }

    /** The same, and something more to say. */
    Finding and(Remark further) {
        return new Finding(
                file, kind, Stream.concat(remarks.stream(), Stream.of(further)).toList(), warnings, meaning);
    }

    boolean isFaulty() {
        return meaning.isEmpty() || remarks.stream().anyMatch(Remark::isFault);
    }
}
