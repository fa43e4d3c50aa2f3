package dev.octosts.exchange.github;

import dev.octosts.exchange.github.Answer.Failure;
import dev.octosts.exchange.github.Answer.Reason;
import dev.octosts.exchange.github.Answer.Success;
import dev.octosts.exchange.github.InstallationTokens.Minted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads files of an owner's repositories through an installation. */
public final class RepositoryReader {

    private final GitHub gitHub;
    private final ReadTokens tokens;

    /**
     * A reader.
     *
     * @param gitHub where the files are
     * @param tokens the tokens to read with
     */
    public RepositoryReader(GitHub gitHub, ReadTokens tokens) {
        this.gitHub = gitHub;
        this.tokens = tokens;
    }

    /**
     * Reads a file of the default branch.
     *
     * @param reading through which installation
     * @param repository one of the repositories of the reading
     * @param path the path inside it
     * @param etag the tag of a version that is known already; empty when none is
     * @return what stands there; {@link Reason#UNPROCESSABLE} when the installation cannot see the repository and
     *     {@link Reason#NOT_FOUND} when the App is not installed any more
     */
    public Answer<FileContent> read(Reading reading, String repository, String path, String etag) {
        try (var lease = tokens.join(reading)) {
            return switch (lease.token(repository)) {
                case Success<Minted>(var minted) -> content(minted, place(minted, repository, path), etag);
                case Failure<Minted>(var reason) -> new Failure<>(reason);
            };
        }
    }

    /**
     * Reads several files of the default branch, with one call where GitHub lets it.
     *
     * @param reading through which installation
     * @param repository one of the repositories of the reading
     * @param paths the paths inside it
     * @return by path what stands there, or why that is not known, as {@link #read} says it
     */
    public Map<String, Answer<FileContent>> readAll(Reading reading, String repository, List<String> paths) {
        try (var lease = tokens.join(reading)) {
            return switch (lease.token(repository)) {
                case Success<Minted>(var minted) -> contents(minted, repository, paths);
                case Failure<Minted>(var reason) -> eachFailed(paths, reason);
            };
        }
    }

    private Map<String, Answer<FileContent>> contents(Minted minted, String repository, List<String> paths) {
        List<GitHub.Place> places =
                paths.stream().map(path -> place(minted, repository, path)).toList();
        return switch (gitHub.contents(minted.route().app(), minted.token(), places)) {
            case Success<Map<String, FileContent>>(var known) -> {
                var answers = new HashMap<String, Answer<FileContent>>();
                for (GitHub.Place place : places) {
                    FileContent content = known.get(place.path());
                    answers.put(place.path(), content == null ? content(minted, place, "") : new Success<>(content));
                }
                yield answers;
            }
            case Failure<Map<String, FileContent>>(var reason) ->
                eachFailed(paths, reason == Reason.UNPROCESSABLE ? Reason.UNAVAILABLE : reason);
        };
    }

    private static Map<String, Answer<FileContent>> eachFailed(List<String> paths, Reason reason) {
        return paths.stream().collect(Collectors.toMap(path -> path, path -> new Failure<>(reason)));
    }

    private static GitHub.Place place(Minted minted, String repository, String path) {
        var route = minted.route();
        return new GitHub.Place(
                route.owner(), repository, path, route.installation().id());
    }

    private Answer<FileContent> content(Minted minted, GitHub.Place place, String etag) {
        return afterMint(gitHub.content(minted.route().app(), minted.token(), place, etag));
    }

    /** A 422 says something about the repository when the token is minted, and nothing when a file is read. */
    private static Answer<FileContent> afterMint(Answer<FileContent> answer) {
        return answer.equals(new Failure<FileContent>(Reason.UNPROCESSABLE))
                ? new Failure<>(Reason.UNAVAILABLE)
                : answer;
    }
}
