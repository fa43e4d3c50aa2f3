package dev.octosts.github;

import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.InstallationToken;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Makes the calls to GitHub for a review of a change: it reads the changed files and their content, and writes the
 * check run with the findings. As in {@link GitHub}, calls do not throw.
 */
public final class ReviewApi {

    /** GitHub lists no more files of a comparison. */
    private static final int MOST_COMPARED = 300;

    /** GitHub lists no more files of a pull request. */
    private static final int MOST_IN_A_PULL_REQUEST = 3_000;

    /** GitHub lists no more files of a directory. */
    private static final int MOST_IN_A_DIRECTORY = 1_000;

    private static final int PAGE = 100;

    /** The types of entries of a directory that stand in the place of a file. */
    private static final Set<String> NO_FOLDERS = Set.of("file", "symlink");

    private final Transport transport;
    private final Addresses addresses;

    ReviewApi(Transport transport, Addresses addresses) {
        this.transport = transport;
        this.addresses = addresses;
    }

    /**
     * The access to a repository.
     *
     * @param app the App that acts
     * @param owner the repository's account
     * @param repository its bare name
     * @param installation the App's installation on the account
     * @param token a token that may read the repository's files and write its checks
     */
    public record ReviewAccess(
            GitHubApp app, String owner, String repository, long installation, InstallationToken token) {}

    /**
     * A list of files.
     *
     * @param items the items that GitHub lists
     * @param whole whether that is all there is; GitHub cuts long lists
     */
    public record Listing<T>(List<T> items, boolean whole) {

        public Listing {
            items = List.copyOf(items);
        }
    }

    /** The permissions of the installation with their levels, read as the App itself. */
    public GitHubResult<Map<String, String>> permissions(GitHubApp app, String owner, long installation) {
        return ResultReader.ask(
                () -> transport.inBackground(
                        new Call(Endpoint.INSTALLATION, app, owner, installation),
                        GitHub.authorized(new HttpGet(addresses.installation(installation)), app.jwt())),
                GitHubJson.documented(answer -> {
                    var permissions = new TreeMap<String, String>();
                    GitHubJson.read(answer.body())
                            .asJsonObject()
                            .getJsonObject("permissions")
                            .forEach((name, level) -> permissions.put(name, ((JsonString) level).getString()));
                    return permissions;
                }));
    }

    /** Reads the content at a path at a commit. */
    public GitHubResult<FileContent> file(ReviewAccess access, String path, String commit) {
        var place = new GitHub.FilePlace(access.owner(), access.repository(), path, access.installation());
        GitHubResult<FileContent> answer =
                get(access, Endpoint.CONTENTS, addresses.contentAt(place, commit), ContentJson::content);
        return answer instanceof Failure<FileContent>(var reason) && reason == Reason.NOT_FOUND
                ? new Success<>(new FileContent.Absent())
                : answer;
    }

    /**
     * Lists the files and links of a directory at a commit, without what is below it; empty when there is no such
     * directory.
     */
    public GitHubResult<Listing<DirectoryEntry>> directory(ReviewAccess access, String path, String commit) {
        var place = new GitHub.FilePlace(access.owner(), access.repository(), path, access.installation());
        GitHubResult<Listing<DirectoryEntry>> answer =
                get(access, Endpoint.CONTENTS, addresses.contentAt(place, commit), found -> entries(found));
        return answer instanceof Failure<Listing<DirectoryEntry>>(var reason) && reason == Reason.NOT_FOUND
                ? new Success<>(new Listing<>(List.of(), true))
                : answer;
    }

    private static Listing<DirectoryEntry> entries(HttpAnswer answer) throws GitHubJson.MalformedAnswerException {
        JsonValue found = GitHubJson.read(answer.body());
        if (found.getValueType() != JsonValue.ValueType.ARRAY) {
            return new Listing<>(List.of(), true);
        }
        List<JsonObject> all =
                found.asJsonArray().stream().map(JsonValue::asJsonObject).toList();
        return new Listing<>(
                all.stream()
                        .filter(entry -> NO_FOLDERS.contains(entry.getString("type", "")))
                        .map(entry -> new DirectoryEntry(entry.getString("path"), entry.getString("sha", "")))
                        .toList(),
                all.size() < MOST_IN_A_DIRECTORY);
    }

    /** Lists the files that differ between two commits. */
    public GitHubResult<Listing<ChangedFile>> compare(ReviewAccess access, String base, String head) {
        String range = Addresses.segment(base) + "..." + Addresses.segment(head);
        return get(
                access,
                Endpoint.COMPARE,
                addresses.below(access.owner(), access.repository(), "/compare/" + range),
                answer -> {
                    List<ChangedFile> files = ChangedFile.ofComparison(answer);
                    return new Listing<>(files, files.size() < MOST_COMPARED);
                });
    }

    /** Lists the files of a pull request, every page. */
    public GitHubResult<Listing<ChangedFile>> pullRequestFiles(ReviewAccess access, long number) {
        return pages(
                        access,
                        Endpoint.PULL_FILES,
                        "/pulls/" + number + "/files",
                        new Paged<>(ChangedFile::ofPage, MOST_IN_A_PULL_REQUEST / PAGE))
                .map(files -> new Listing<>(files, files.size() < MOST_IN_A_PULL_REQUEST));
    }

    /**
     * A pull request as it is now. Its list of files is made anew at every call, and says nothing of the commits that
     * it was made for.
     *
     * @param head the commit that it ends with
     * @param base the commit that it starts from
     * @param files how many files it changes; GitHub counts more than it lists
     */
    public record PullState(String head, String base, long files) {}

    /** Reads the present state of a pull request. */
    public GitHubResult<PullState> pullRequest(ReviewAccess access, long number) {
        return get(
                access,
                Endpoint.PULL_FILES,
                addresses.below(access.owner(), access.repository(), "/pulls/" + number),
                answer -> {
                    JsonObject pull = GitHubJson.read(answer.body()).asJsonObject();
                    return new PullState(
                            pull.getJsonObject("head").getString("sha"),
                            pull.getJsonObject("base").getString("sha"),
                            pull.getJsonNumber("changed_files").longValue());
                });
    }

    /** Whether a commit is there, be it in a branch or not. Git deletes commits some time after no branch has them. */
    public GitHubResult<Boolean> isThere(ReviewAccess access, String commit) {
        String rest = "/git/commits/" + Addresses.segment(commit);
        GitHubResult<Boolean> answer = get(
                access,
                Endpoint.COMPARE,
                addresses.below(access.owner(), access.repository(), rest),
                found -> GitHubJson.read(found.body()).asJsonObject().containsKey("sha"));
        return answer instanceof Failure<Boolean>(var reason)
                        && (reason == Reason.NOT_FOUND || reason == Reason.UNPROCESSABLE)
                ? new Success<>(false)
                : answer;
    }

    /** Finds the latest check run of that name that the App made for a commit. */
    public GitHubResult<Optional<CheckRun.KnownCheckRun>> checkRun(ReviewAccess access, String commit, String name) {
        String rest = "/commits/" + Addresses.segment(commit) + "/check-runs?check_name=" + Addresses.segment(name)
                + "&app_id=" + access.app().id();
        return get(
                access,
                Endpoint.CHECK_RUNS,
                addresses.below(access.owner(), access.repository(), rest),
                found -> CheckRun.youngest(found, access.app().id()));
    }

    /** Which files a check run has annotations for; some may be missing when it has very many. */
    public GitHubResult<List<String>> annotatedFiles(ReviewAccess access, CheckRun.KnownCheckRun run) {
        return pages(
                access,
                Endpoint.CHECK_RUNS,
                "/check-runs/" + run.id() + "/annotations",
                new Paged<>(CheckRun::annotated, (run.annotations() + PAGE - 1) / PAGE));
    }

    /** Creates a check run and returns its id. */
    public GitHubResult<Long> create(ReviewAccess access, CheckRun run) {
        return send(
                access, new HttpPost(addresses.below(access.owner(), access.repository(), "/check-runs")), run.json());
    }

    /** Changes the text of a check run. Its annotations are kept, the new ones are added. */
    public GitHubResult<Long> update(ReviewAccess access, long id, CheckRun run) {
        return patch(access, id, run.json());
    }

    /** Adds annotations to a check run. */
    public GitHubResult<Long> annotate(ReviewAccess access, long id, CheckRun.Output output) {
        return patch(access, id, output.json());
    }

    private GitHubResult<Long> patch(ReviewAccess access, long id, byte[] body) {
        return send(
                access, new HttpPatch(addresses.below(access.owner(), access.repository(), "/check-runs/" + id)), body);
    }

    private GitHubResult<Long> send(ReviewAccess access, HttpUriRequestBase request, byte[] body) {
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        GitHub.authorized(request, access.token().value());
        var call = new Call(Endpoint.CHECK_RUNS, access.app(), access.owner(), access.installation());
        return ResultReader.ask(() -> transport.inBackground(call, request), GitHubJson.documented(CheckRun::id));
    }

    /** How the pages of a list are read, and how many there can be. */
    private record Paged<T>(ResultReader.AnswerReading<List<T>> reading, int most) {}

    private <T> GitHubResult<List<T>> pages(ReviewAccess access, Endpoint endpoint, String rest, Paged<T> paged) {
        var all = new ArrayList<T>();
        for (int page = 1; page <= paged.most(); page++) {
            URI address =
                    addresses.below(access.owner(), access.repository(), rest + "?per_page=" + PAGE + "&page=" + page);
            switch (get(access, endpoint, address, paged.reading())) {
                case Failure<List<T>>(var reason) -> {
                    return new Failure<>(reason);
                }
                case Success<List<T>>(var items) -> {
                    all.addAll(items);
                    if (items.size() < PAGE) {
                        return new Success<>(all);
                    }
                }
            }
        }
        return new Success<>(all);
    }

    private <T> GitHubResult<T> get(
            ReviewAccess access, Endpoint endpoint, URI address, ResultReader.AnswerReading<T> reading) {
        var call = new Call(endpoint, access.app(), access.owner(), access.installation());
        Function<URI, HttpAnswer> question = where -> transport.inBackground(
                call, GitHub.authorized(new HttpGet(where), access.token().value()));
        return ResultReader.ask(
                () -> {
                    HttpAnswer first = question.apply(address);
                    return addresses.redirect(address, first).map(question).orElse(first);
                },
                GitHubJson.documented(reading));
    }
}
