package dev.octosts.webhook.review;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.webhook.review.ReviewRequest.Source;
import dev.octosts.webhook.review.report.ChangedPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers what was reviewed, commit by commit. A push, its pull request and its check suite concern the same files,
 * and they all end in one check run that has the faults of all of them.
 */
final class ReviewedCommits {

    private static final int MOST_PATHS = 100_000;
    private static final Duration REMEMBERED = Duration.ofHours(2);
    private static final int LOCKS = 256;

    private final Cache<Head, Reviewed> reviewed = Caffeine.newBuilder()
            .maximumWeight(MOST_PATHS)
            .weigher((Head head, Reviewed value) -> value.weight())
            .expireAfterAccess(REMEMBERED)
            .build();
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    ReviewedCommits() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** A commit of a repository, as an App sees it; names in lower case. */
    record Head(long appId, String owner, String repository, String commit) {}

    /**
     * The part of a commit that was reviewed.
     *
     * @param checkRun the id of the check run, or 0 when there is none
     * @param files the files that it is about, by path
     * @param sources the sources that were asked for files
     * @param annotated the files whose comments are annotations at their lines
     * @param annotations the number of those comments; when the check run has another number, another process has
     *     published them
     * @param gaps why files may be missing
     */
    record Reviewed(
            long checkRun,
            Map<String, ChangedPolicy> files,
            Set<Source> sources,
            Set<String> annotated,
            int annotations,
            Set<String> gaps) {

        static final Reviewed NOTHING = new Reviewed(0, Map.of(), Set.of(), Set.of(), 0, Set.of());

        Reviewed {
            files = Map.copyOf(files);
            sources = Set.copyOf(sources);
            annotated = Set.copyOf(annotated);
            gaps = Set.copyOf(gaps);
        }

        Reviewed in(long run, Map<String, ChangedPolicy> about) {
            return new Reviewed(run, about, sources, annotated, annotations, gaps);
        }

        /** The state of another check run; known files are kept. */
        Reviewed anew(long run, Map<String, ChangedPolicy> about, Set<String> annotatedThere, int annotationsThere) {
            var all = new HashMap<>(about);
            all.putAll(files);
            return new Reviewed(run, all, sources, annotatedThere, annotationsThere, gaps);
        }

        Reviewed withGaps(Set<String> all) {
            return new Reviewed(checkRun, files, sources, annotated, annotations, all);
        }

        Reviewed with(Set<String> furtherAnnotated, int furtherAnnotations) {
            var all = new HashSet<>(annotated);
            all.addAll(furtherAnnotated);
            return new Reviewed(checkRun, files, sources, all, annotations + furtherAnnotations, gaps);
        }

        Reviewed asked(Iterable<Source> further) {
            var all = new HashSet<>(sources);
            for (Source source : further) {
                // A list in the payload costs no request.
                if (!(source instanceof Source.Named)) {
                    all.add(source);
                }
            }
            return new Reviewed(checkRun, files, all, annotated, annotations, gaps);
        }

        /** The files and further ones. */
        Map<String, ChangedPolicy> filesWith(Map<String, ChangedPolicy> further) {
            var all = new HashMap<>(files);
            all.putAll(further);
            return all;
        }

        private int weight() {
            return 1 + files.size() + sources.size() + annotated.size() + gaps.size();
        }
    }

    Reviewed of(Head head) {
        Reviewed known = reviewed.getIfPresent(head);
        return known == null ? Reviewed.NOTHING : known;
    }

    void remember(Head head, Reviewed value) {
        reviewed.put(head, value);
    }

    /** Held during a review, calls to GitHub included: two reviews of one commit would make two check runs. */
    ReentrantLock lock(Head head) {
        return locks[Math.floorMod(head.hashCode(), LOCKS)];
    }
}
