package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.github.DirectoryEntry;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.ReviewApi.ReviewAccess;
import dev.octosts.policy.Level;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.guardrail.Mode;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.review.report.ChangedPolicy;
import dev.octosts.webhook.review.report.Difference;
import dev.octosts.webhook.review.report.FileReview;
import dev.octosts.webhook.review.report.FileReview.Meaning;
import dev.octosts.webhook.review.report.Markdown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The meaning of files together with data from other places: their former versions, the permissions of the
 * installation, and for the list of trusted issuers the policies of the repository. It makes reviews readable and
 * decides nothing, so data that cannot be had is left out.
 */
final class CrossFileNotes {

    private static final int MOST_POLICIES = 200;

    private final Session session;
    private final String head;

    CrossFileNotes(Session session, String head) {
        this.session = session;
        this.head = head;
    }

    /** The former meanings of files, by their present path. */
    Map<String, Meaning> formerMeanings(Collection<ChangedPolicy> files, Function<ChangedPolicy, FileKind> kind) {
        var meanings = new HashMap<String, Meaning>();
        try {
            ParallelRequests.ask(
                            files.stream()
                                    .filter(ChangedPolicy::hasFormerVersion)
                                    .toList(),
                            file -> formerMeaning(file, kind.apply(file)))
                    .forEach((file, meaning) -> meaning.ifPresent(known -> meanings.put(file.path(), known)));
        } catch (GitHubException impossible) {
            throw new IllegalStateException("what cannot be had is left out", impossible);
        }
        return meanings;
    }

    private Optional<Meaning> formerMeaning(ChangedPolicy file, FileKind kind) {
        return session.file(file.file().previousPath(), file.base())
                        instanceof Success<FileContent>(FileContent.File(var bytes, var _))
                ? FileReviewer.meaning(kind, bytes)
                : Optional.empty();
    }

    /** The permissions of the installation; empty when GitHub does not give them. */
    Map<String, String> permissions() {
        ReviewAccess access = session.access();
        return session.gitHub().permissions(access.app(), access.owner(), access.installation())
                        instanceof Success<Map<String, String>>(var permissions)
                ? permissions
                : Map.of();
    }

    /** The permissions that a policy grants and the installation does not have. */
    static List<String> beyond(Map<String, String> permissions, TrustPolicy policy) {
        if (permissions.isEmpty()) {
            return List.of();
        }
        var notes = new ArrayList<String>();
        policy.grant().permissions().forEach((name, level) -> {
            if (!reaches(permissions.getOrDefault(name, ""), level)) {
                notes.add("⚠️ GitHub will refuse tokens of this policy: the App is not installed with "
                        + Markdown.code(name + ": " + level.wireName()));
            }
        });
        return notes;
    }

    private static boolean reaches(String given, Level needed) {
        return Stream.of(Level.values())
                .anyMatch(level -> level.wireName().equals(given) && level.compareTo(needed) >= 0);
    }

    /** The policies of this repository that no token can satisfy under the list. */
    List<String> refusals(TrustedIssuers now, Optional<TrustedIssuers> before, List<FileReview> reviews) {
        Set<String> refused = new LinkedHashSet<>();
        Set<String> newly = new LinkedHashSet<>();
        policies(reviews).forEach((path, policy) -> {
            String issuer = policy.document().issuer();
            if (issuer != null && !now.permits(issuer)) {
                refused.add(path);
                if (before.map(list -> list.permits(issuer)).orElse(true)) {
                    newly.add(path);
                }
            }
        });
        if (refused.isEmpty()) {
            return List.of();
        }
        String verb = now.mode() == Mode.ENFORCE ? "refuses" : "would refuse";
        String known = newly.size() == refused.size() ? "" : ", " + newly.size() + " of them are new";
        return List.of("⚠️ it %s the issuers of %d policies in this repository (%s)%s"
                .formatted(verb, refused.size(), Difference.names(refused), known));
    }

    private Map<String, TrustPolicy> policies(List<FileReview> reviews) {
        var policies = new TreeMap<String, TrustPolicy>();
        reviews.forEach(review -> review.meaning().ifPresent(meaning -> {
            if (meaning instanceof Meaning.Policy(var policy)) {
                policies.put(review.path(), policy);
            }
        }));
        try {
            List<String> others = need("folder", session.folder(head)).items().stream()
                    .map(DirectoryEntry::path)
                    .filter(path -> !PolicyPaths.identity(path).isEmpty() && !policies.containsKey(path))
                    .limit(MOST_POLICIES)
                    .toList();
            ParallelRequests.ask(others, this::policy)
                    .forEach((path, policy) -> policy.ifPresent(known -> policies.put(path, known)));
        } catch (GitHubException unknown) {
            // The policies that the change touches are known in any case.
        }
        return policies;
    }

    private Optional<TrustPolicy> policy(String path) throws GitHubException {
        return need("policy", session.file(path, head)) instanceof FileContent.File(var bytes, var _)
                        && FileReviewer.meaning(PolicyKind.ORGANIZATION, bytes).orElse(null)
                                instanceof Meaning.Policy(var policy)
                ? Optional.of(policy)
                : Optional.empty();
    }
}
