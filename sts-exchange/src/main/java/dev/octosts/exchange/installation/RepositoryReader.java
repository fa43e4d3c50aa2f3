package dev.octosts.exchange.installation;

import dev.octosts.exchange.installation.InstallationTokens.Minted;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads files of an owner's repositories through an installation.
 *
 * <p>A token that was minted a moment ago may not be known everywhere at GitHub yet. An answer that contradicts the
 * mint (the token does not see its repository, or is refused) is therefore no answer. The reader reads again after each
 * of several pauses. After the last one the result is {@link Reason#UNAVAILABLE}, and never absence.
 */
public final class RepositoryReader {

    /** GitHub becomes consistent within some seconds; callers wait for some ten. */
    public static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(1_500));

    private static final GitHubResult<FileContent> ABSENT = new Success<>(new FileContent.Absent());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final GitHub gitHub;
    private final ReadTokens tokens;
    private final ReadAttempts attempts;
    private final List<Duration> pauses;

    /** How long it takes on average to see that a file is absent, in nanoseconds; 0 before the first time. */
    private final AtomicLong absenceTakes = new AtomicLong();

    /**
     * A reader.
     *
     * @param gitHub where the files are
     * @param tokens the tokens to read with
     * @param attempts reads again when that brought no answer
     * @param pauses before each further read after an answer that contradicts the mint
     */
    public RepositoryReader(GitHub gitHub, ReadTokens tokens, ReadAttempts attempts, List<Duration> pauses) {
        this.gitHub = gitHub;
        this.tokens = tokens;
        this.attempts = attempts;
        this.pauses = List.copyOf(pauses);
    }

    /**
     * Reads a file of the default branch.
     *
     * @param reading through which installation
     * @param repository one of the repositories of the reading
     * @param path the path inside it
     * @param etag the tag of a version that is known already; empty when none is
     * @return the content; {@link Reason#UNPROCESSABLE} when the installation cannot see the repository, {@link
     *     Reason#NOT_FOUND} when the App is not installed any more, and {@link Reason#FORBIDDEN} when GitHub refuses to
     *     show the file
     */
    public GitHubResult<FileContent> read(ReadScope reading, String repository, String path, String etag) {
        GitHubResult<FileContent> known = throughShared(
                reading,
                repository,
                shared -> gitHub.content(shared.route().app(), shared.token(), place(shared, repository, path), etag));
        if (!known.equals(ABSENT) && !contradictsMint(known)) {
            return known;
        }
        try (var lease = tokens.join(reading)) {
            return switch (lease.token(repository)) {
                case Success<Minted>(var minted) -> timed(minted, place(minted, repository, path), etag);
                case Failure<Minted>(var reason) -> {
                    if (reason == Reason.UNPROCESSABLE) {
                        waitAsForAbsence();
                    }
                    yield new Failure<>(ofToken(reason));
                }
            };
        }
    }

    /**
     * Reads with the token that is kept for the whole installation. That such a token does not see a file proves
     * nothing, so the caller then reads with a token for the one repository.
     *
     * @return {@link Reason#NOT_FOUND} or {@link Reason#UNAUTHORIZED} when there is no such token, or it does not see
     *     the repository
     */
    private <T> GitHubResult<T> throughShared(
            ReadScope reading, String repository, Function<Minted, GitHubResult<T>> look) {
        Optional<Minted> shared = tokens.shared(reading, repository);
        if (shared.isEmpty()) {
            return new Failure<>(Reason.NOT_FOUND);
        }
        GitHubResult<T> answer = ReadAttempts.of(attempts, () -> look.apply(shared.get()));
        if (!(answer instanceof Failure<T>(var reason))) {
            return answer;
        }
        if (reason == Reason.UNAUTHORIZED) {
            tokens.refused(reading, shared.get());
        }
        return reason == Reason.UNPROCESSABLE ? new Failure<>(Reason.UNAVAILABLE) : answer;
    }

    private GitHubResult<FileContent> timed(Minted minted, GitHub.FilePlace place, String etag) {
        long begin = System.nanoTime();
        GitHubResult<FileContent> answer = content(minted, place, etag);
        if (answer.equals(ABSENT)) {
            long took = Math.min(System.nanoTime() - begin, LONGEST_WAIT.toNanos());
            absenceTakes.updateAndGet(before -> before == 0 ? took : (before * 7 + took) / 8);
        }
        return answer;
    }

    /**
     * It takes one call to know that a repository is absent, and three for a file. Callers get the same message for
     * both, and must not see a difference in the time.
     */
    private void waitAsForAbsence() {
        boolean _ = slept(Duration.ofNanos(absenceTakes.get()));
    }

    /**
     * Reads several files of the default branch, with one call where GitHub permits that.
     *
     * @param reading through which installation
     * @param repository one of the repositories of the reading
     * @param paths the paths inside it
     * @return by path the content, or why it is not known, as in {@link #read}
     */
    public Map<String, GitHubResult<FileContent>> readAll(ReadScope reading, String repository, List<String> paths) {
        GitHubResult<Map<String, FileContent>> known = throughShared(
                reading,
                repository,
                shared -> gitHub.contents(shared.route().app(), shared.token(), places(shared, repository, paths)));
        return switch (known) {
            case Success<Map<String, FileContent>>(var files)
            when files.keySet().containsAll(paths) ->
                files.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, file -> new Success<>(file.getValue())));
            case Success<Map<String, FileContent>> _ -> readAllAlone(reading, repository, paths);
            case Failure<Map<String, FileContent>>(var reason) ->
                contradictsMint(known) ? readAllAlone(reading, repository, paths) : eachFailed(paths, reason);
        };
    }

    /** Reads with a token for the repository alone. */
    private Map<String, GitHubResult<FileContent>> readAllAlone(
            ReadScope reading, String repository, List<String> paths) {
        try (var lease = tokens.join(reading)) {
            return switch (lease.token(repository)) {
                case Success<Minted>(var minted) -> contents(minted, repository, paths);
                case Failure<Minted>(var reason) -> eachFailed(paths, ofToken(reason));
            };
        }
    }

    private Map<String, GitHubResult<FileContent>> contents(Minted minted, String repository, List<String> paths) {
        List<GitHub.FilePlace> places = places(minted, repository, paths);
        GitHubResult<Map<String, FileContent>> asked =
                looked(() -> gitHub.contents(minted.route().app(), minted.token(), places));
        return switch (asked) {
            case Success<Map<String, FileContent>>(var known) -> {
                var answers = new ConcurrentHashMap<String, GitHubResult<FileContent>>();
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (GitHub.FilePlace place : places) {
                        FileContent content = known.get(place.path());
                        if (content == null) {
                            answers.put(place.path(), new Failure<>(Reason.UNAVAILABLE));
                            threads.execute(() -> answers.put(place.path(), contentForSure(minted, place)));
                        } else {
                            answers.put(place.path(), new Success<>(content));
                        }
                    }
                }
                yield answers;
            }
            case Failure<Map<String, FileContent>>(var reason) -> eachFailed(paths, reason);
        };
    }

    private static Map<String, GitHubResult<FileContent>> eachFailed(List<String> paths, Reason reason) {
        return paths.stream().collect(Collectors.toMap(path -> path, path -> new Failure<>(reason)));
    }

    private static List<GitHub.FilePlace> places(Minted minted, String repository, List<String> paths) {
        return paths.stream().map(path -> place(minted, repository, path)).toList();
    }

    private static GitHub.FilePlace place(Minted minted, String repository, String path) {
        var route = minted.route();
        return new GitHub.FilePlace(
                route.owner(), repository, path, route.installation().id());
    }

    private GitHubResult<FileContent> content(Minted minted, GitHub.FilePlace place, String etag) {
        return looked(() -> {
            GitHubResult<FileContent> answer = gitHub.content(minted.route().app(), minted.token(), place, etag);
            return answer.equals(ABSENT) ? confirmed(minted, place, answer) : answer;
        });
    }

    /**
     * As {@link #content}, but an absence counts only when GitHub reports it twice: one of its servers may know the
     * token while another does not know it yet, and for the files of an organization absence is permission.
     */
    private GitHubResult<FileContent> contentForSure(Minted minted, GitHub.FilePlace place) {
        GitHubResult<FileContent> answer = content(minted, place, "");
        return answer.equals(ABSENT) ? content(minted, place, "") : answer;
    }

    /** GitHub answers 404 for a file that does not exist, and for a repository that the token does not see. */
    private GitHubResult<FileContent> confirmed(
            Minted minted, GitHub.FilePlace place, GitHubResult<FileContent> absent) {
        return switch (gitHub.sees(minted.route().app(), minted.token(), place)) {
            case Success<Boolean>(var seen) -> seen ? absent : new Failure<>(Reason.NOT_FOUND);
            case Failure<Boolean>(var reason) -> new Failure<>(reason);
        };
    }

    /** Reads, and reads again as long as the answer contradicts the mint. */
    private <T> GitHubResult<T> looked(Supplier<GitHubResult<T>> look) {
        GitHubResult<T> answer = ReadAttempts.of(attempts, look);
        for (Duration pause : pauses) {
            if (!contradictsMint(answer) || !slept(pause)) {
                break;
            }
            answer = ReadAttempts.of(attempts, look);
        }
        return answer instanceof Failure<T>(var reason) ? new Failure<>(afterMint(reason)) : answer;
    }

    private static <T> boolean contradictsMint(GitHubResult<T> answer) {
        return answer instanceof Failure<T>(var reason)
                && (reason == Reason.NOT_FOUND || reason == Reason.UNAUTHORIZED);
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Two reasons mean something only for a mint: that the App is not installed, or does not see the repository. A read
     * never gives them.
     */
    private static Reason afterMint(Reason reason) {
        return switch (reason) {
            case NOT_FOUND, UNPROCESSABLE -> Reason.UNAVAILABLE;
            case UNAUTHORIZED, FORBIDDEN, LIMITED, UNAVAILABLE -> reason;
        };
    }

    /** A refused token says nothing about a file: perhaps the installation is suspended. */
    private static Reason ofToken(Reason reason) {
        return switch (reason) {
            case FORBIDDEN, UNAUTHORIZED -> Reason.UNAVAILABLE;
            case NOT_FOUND, UNPROCESSABLE, LIMITED, UNAVAILABLE -> reason;
        };
    }
}
