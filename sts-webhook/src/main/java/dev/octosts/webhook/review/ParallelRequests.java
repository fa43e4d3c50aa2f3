package dev.octosts.webhook.review;

import dev.octosts.github.GitHubResult.Reason;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the same question about many things, a few at a time. */
final class ParallelRequests {

    private static final Logger LOG = LoggerFactory.getLogger(ParallelRequests.class);
    private static final int AT_A_TIME = 8;

    private ParallelRequests() {}

    /** A question that GitHub may not answer. */
    interface Question<K, V> {
        V ask(K about) throws GitHubException;
    }

    /**
     * The answers, in the order of the things. Nothing more is asked after the first failure.
     *
     * @throws GitHubException the first failure
     */
    static <K, V> Map<K, V> ask(Collection<K> things, Question<K, V> question) throws GitHubException {
        Queue<K> open = new ConcurrentLinkedQueue<>(things);
        Map<K, V> answers = new ConcurrentHashMap<>();
        var failure = new AtomicReference<@Nullable GitHubException>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(AT_A_TIME, things.size()); i++) {
                threads.execute(() -> work(open, answers, failure, question));
            }
        }
        GitHubException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        Map<K, V> ordered = new LinkedHashMap<>();
        things.forEach(thing -> ordered.put(thing, Objects.requireNonNull(answers.get(thing))));
        return Collections.unmodifiableMap(ordered);
    }

    private static <K, V> void work(
            Queue<K> open,
            Map<K, V> answers,
            AtomicReference<@Nullable GitHubException> failure,
            Question<K, V> question) {
        try {
            for (K thing = open.poll(); thing != null && failure.get() == null; thing = open.poll()) {
                answers.put(thing, question.ask(thing));
            }
        } catch (GitHubException failed) {
            failure.compareAndSet(null, failed);
        } catch (RuntimeException fault) {
            LOG.error("a review failed by a fault of this service", fault);
            failure.compareAndSet(null, new GitHubException("a fault of this service", Reason.UNAVAILABLE));
        }
    }
}
