package dev.octosts.github;

import dev.octosts.api.Egress;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.InstallationToken;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of GitHub's REST API. Calls do not throw: a failure is a value of {@link GitHubResult}.
 *
 * @see <a href="https://docs.github.com/rest">GitHub REST API</a>
 */
public final class GitHub implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GitHub.class);

    private final Transport transport;
    private final Addresses addresses;
    private final URI base;
    private final Clock clock;
    private final Revocations revocations;
    private final GraphQlSupport graphQl;

    /**
     * A client.
     *
     * @param base the address of the API, without a slash at its end
     * @param egress how calls leave this process
     * @param time the clocks for waiting
     * @param observer is notified of every call
     */
    public GitHub(URI base, Egress egress, Time time, Consumer<GitHubCall> observer) {
        this.transport = new Transport(egress, time, observer);
        this.addresses = new Addresses(base);
        this.base = base;
        this.clock = time.clock();
        this.revocations = new Revocations(transport, addresses);
        this.graphQl = new GraphQlSupport(time.nanoTime());
    }

    /**
     * Clocks.
     *
     * @param clock the time of day, in which GitHub gives its resets
     * @param nanoTime a clock that is never set, such as {@link System#nanoTime}
     */
    public record Time(Clock clock, LongSupplier nanoTime) {

        /** The clocks of this machine. */
        public static Time ofThisMachine() {
            return new Time(Clock.systemUTC(), System::nanoTime);
        }
    }

    /** Asks GitHub which App this is. Shows whether GitHub can be reached and accepts the App's key. */
    public AppStatus app(GitHubApp app) {
        return app.firstAccepted(key -> ResultReader.appStatus(() -> transport.answered(
                new Call(Endpoint.APP, app, "", 0), authorized(new HttpGet(addresses.app()), app.jwtOf(key)))));
    }

    /**
     * Looks for the installation of an App on an account, organization or user, with one call.
     *
     * @see <a href="https://docs.github.com/rest/apps/apps#get-a-user-installation-for-the-authenticated-app">GitHub:
     *     get a user installation</a>
     */
    public GitHubResult<Installation> installation(GitHubApp app, String owner) {
        GitHubResult<Installation> answer = app.ask(key -> ResultReader.ask(
                () -> transport.isolated(
                        new Call(Endpoint.INSTALLATION, app, owner, 0),
                        authorized(new HttpGet(addresses.installation(owner)), app.jwtOf(key))),
                found -> GitHubJson.installation(found.body())));
        // Another account than the one asked for, after a rename for instance, is not the owner of the policy.
        if (answer instanceof Success<Installation>(var installation)
                && !installation.account().equalsIgnoreCase(owner)) {
            return new Failure<>(Reason.NOT_FOUND);
        }
        return answer;
    }

    /**
     * Mints an installation token. Not repeated on failure: GitHub may have minted one that was lost. A token that can
     * do more than was asked for, or that is of another account, is revoked and never returned.
     *
     * @return the token; {@link Reason#NOT_FOUND} when the installation is gone, or is not this owner's any more
     * @see <a
     *     href="https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app">GitHub: create
     *     an installation access token</a>
     */
    public GitHubResult<MintedToken> mint(Route route, TokenRequest asked) {
        GitHubResult<MintedToken> answer = route.app().ask(key -> minted(route, key, asked));
        if (!(answer instanceof Success<MintedToken>(var minted))) {
            return answer;
        }
        if (!minted.isWithin(asked)) {
            LOG.error(
                    "GitHub minted a token for {} that is wider than asked for, or did not say what it can do; it is"
                            + " revoked",
                    route.owner());
            revokeLater(route.app(), route.owner(), minted.token());
            return new Failure<>(Reason.UNAVAILABLE);
        }
        if (!minted.isOf(route.owner(), asked)) {
            LOG.warn(
                    "the installation {} is not one of {} any more, perhaps because the account was renamed; its token"
                            + " is revoked",
                    route.installation().id(),
                    route.owner());
            revokeLater(route.app(), route.owner(), minted.token());
            return new Failure<>(Reason.NOT_FOUND);
        }
        return answer;
    }

    private GitHubResult<MintedToken> minted(Route route, int key, TokenRequest asked) {
        long installation = route.installation().id();
        var call = new Call(Endpoint.MINT, route.app(), route.owner(), installation);
        return ResultReader.ask(
                () -> {
                    var request = authorized(
                            new HttpPost(addresses.mint(installation)),
                            route.app().jwtOf(key));
                    request.setEntity(new ByteArrayEntity(GitHubJson.write(asked), ContentType.APPLICATION_JSON));
                    return transport.isolated(call, request);
                },
                answer -> GitHubJson.mintedToken(answer.body()));
    }

    /**
     * Reads the content at a path of a repository's default branch.
     *
     * @param reader the App whose token it is
     * @param token a token that can read the repository
     * @param place where to look
     * @param etag the tag of a version that is known already; empty when none is
     * @see <a href="https://docs.github.com/rest/repos/contents#get-repository-content">GitHub: get repository
     *     content</a>
     */
    public GitHubResult<FileContent> content(GitHubApp reader, InstallationToken token, FilePlace place, String etag) {
        var call = new Call(Endpoint.CONTENTS, reader, place.owner(), place.installation());
        UnaryOperator<HttpUriRequestBase> prepared = request -> {
            authorized(request, token.value());
            if (!etag.isEmpty()) {
                request.setHeader("If-None-Match", etag);
            }
            return request;
        };
        URI address = addresses.content(place);
        GitHubResult<FileContent> answer = ResultReader.ask(
                () -> followed(call, address, prepared),
                found -> found.status() == 304 ? new FileContent.Unchanged() : ContentJson.content(found));
        return answer instanceof Failure<FileContent>(var reason) && reason == Reason.NOT_FOUND
                ? new Success<>(new FileContent.Absent())
                : answer;
    }

    /** A renamed repository answers with its new address. A redirect is followed only on the same host. */
    private HttpAnswer followed(Call call, URI address, UnaryOperator<HttpUriRequestBase> prepared) {
        HttpAnswer first = transport.isolated(call, prepared.apply(new HttpGet(address)));
        return addresses
                .redirect(address, first)
                .map(moved -> transport.isolated(call, prepared.apply(new HttpGet(moved))))
                .orElse(first);
    }

    /**
     * Whether a token sees a repository of this owner. GitHub may not know a new token everywhere for a moment; until
     * then, existing files seem to be absent.
     *
     * @param place a file in the repository
     * @see <a href="https://docs.github.com/rest/repos/repos#get-a-repository">GitHub: get a repository</a>
     */
    public GitHubResult<Boolean> sees(GitHubApp reader, InstallationToken token, FilePlace place) {
        var call = new Call(Endpoint.CONTENTS, reader, place.owner(), place.installation());
        GitHubResult<String> fullName = ResultReader.ask(
                () -> followed(
                        call,
                        addresses.below(place.owner(), place.repository(), ""),
                        request -> authorized(request, token.value())),
                found -> GitHubJson.read(found.body()).asJsonObject().getString("full_name", ""));
        return switch (fullName) {
            case Success<String>(var name) ->
                new Success<>(
                        name.toLowerCase(Locale.ROOT).startsWith(place.owner().toLowerCase(Locale.ROOT) + "/"));
            case Failure<String>(var reason) ->
                reason == Reason.NOT_FOUND ? new Success<>(false) : new Failure<>(reason);
        };
    }

    /**
     * Reads the content at several paths of a repository's default branch, with one call.
     *
     * @param places where to look, all in one repository
     * @return the content by path, for the paths that GitHub answered without doubt; {@link #content} reads the others;
     *     {@link Reason#NOT_FOUND} when the token does not see the repository
     */
    public GitHubResult<Map<String, FileContent>> contents(
            GitHubApp reader, InstallationToken token, List<FilePlace> places) {
        if (graphQl.isMissing()) {
            return GraphQlSupport.NOTHING;
        }
        FilePlace first = places.getFirst();
        var call = new Call(Endpoint.CONTENTS, reader, first.owner(), first.installation());
        var question = new FilesQuestion(
                first.owner(),
                first.repository(),
                places.stream().map(FilePlace::path).toList());
        var request = authorized(new HttpPost(addresses.graphql()), token.value());
        request.setEntity(new ByteArrayEntity(question.body(), ContentType.APPLICATION_JSON));
        GitHubResult<FilesQuestion.FoundFiles> answer =
                ResultReader.ask(() -> transport.isolated(call, request), found -> question.read(found.body()));
        return switch (answer) {
            case Success<FilesQuestion.FoundFiles>(var found) ->
                found.limited()
                        ? new Failure<>(Reason.LIMITED)
                        : found.unseen() ? new Failure<>(Reason.NOT_FOUND) : new Success<>(found.files());
            case Failure<FilesQuestion.FoundFiles>(var reason) ->
                reason == Reason.NOT_FOUND ? graphQl.missed() : new Failure<>(reason);
        };
    }

    /**
     * The place of a file.
     *
     * @param owner the account
     * @param repository the repository's bare name
     * @param path the path inside it, with slashes
     * @param installation the installation through which it is read
     */
    public record FilePlace(String owner, String repository, String path, long installation) {}

    /**
     * Revokes a token, outside the caller's path. A failure is logged and counted: the token expires within the hour.
     */
    public void revokeLater(GitHubApp app, String owner, InstallationToken token) {
        revocations.begin(app, owner, token);
    }

    /** The calls for a review of a change, over the same connections. */
    public ReviewApi reviews() {
        return new ReviewApi(transport, addresses);
    }

    /** The calls for the deliveries of an App's webhook. */
    public HookApi deliveries() {
        return new HookApi(transport, addresses);
    }

    /** The calls that create an App or read its settings. */
    public AppAdminApi administration() {
        return new AppAdminApi(transport, base, clock);
    }

    /** The calls about a token that somebody holds. */
    public TokenApi tokens() {
        return new TokenApi(transport, addresses);
    }

    /** The calls about the subjects of a repository's tokens. */
    public SubjectApi subjects() {
        return new SubjectApi(transport, addresses);
    }

    /** The calls for the audit log of an organization. */
    public AuditLogApi auditLog() {
        return new AuditLogApi(transport, addresses);
    }

    /** Finishes the revocations that are under way, then closes all connections. */
    @Override
    public void close() {
        revocations.close();
        transport.close();
    }

    static <R extends HttpUriRequestBase> R authorized(R request, String credential) {
        request.setHeader("Authorization", "Bearer " + credential);
        request.setHeader("Accept", "application/vnd.github+json");
        request.setHeader("X-GitHub-Api-Version", "2022-11-28");
        return request;
    }
}
