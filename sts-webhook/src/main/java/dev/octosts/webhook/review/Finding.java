package dev.octosts.webhook.review;

import dev.octosts.exchange.github.ChangedFile;
import dev.octosts.policy.Guardrails;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.TrustedIssuers;
import dev.octosts.policy.lint.FileKind;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about a file.
 *
 * @param file which file, and where it stood before
 * @param kind what it is for
 * @param remarks what there is to say, in file order
 * @param meaning what it says, when it can be used
 */
record Finding(ChangedFile file, FileKind kind, List<Remark> remarks, Optional<Meaning> meaning) {

    Finding {
        remarks = List.copyOf(remarks);
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

    boolean isFaulty() {
        return meaning.isEmpty() || remarks.stream().anyMatch(Remark::isFault);
    }
}
