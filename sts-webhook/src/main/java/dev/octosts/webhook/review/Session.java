package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.api.InstallationToken;
import dev.octosts.github.DirectoryEntry;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Installation;
import dev.octosts.github.MintedToken;
import dev.octosts.github.ReviewApi;
import dev.octosts.github.ReviewApi.Listing;
import dev.octosts.github.ReviewApi.ReviewAccess;
import dev.octosts.github.Route;
import dev.octosts.github.SubjectApi.SubjectTemplate;
import dev.octosts.github.TokenRequest;
import dev.octosts.policy.lint.SubjectKnowledge;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.payload.RepositoryRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Access to GitHub during one review: the token, and the small files that were already read with it. The token is for
 * one repository, has no more permissions than the review needs, and is revoked at its end.
 */
final class Session implements AutoCloseable {

    private static final Map<String, String> REVIEW = Map.of("contents", "read", "checks", "write");
    private static final Map<String, String> READ_SUBJECTS = Map.of("actions", "read");
    private static final Map<String, String> REVIEW_OF_PULL_REQUEST =
            Map.of("contents", "read", "checks", "write", "pull_requests", "read");

    /** The folder of all files, without a slash at its end. */
    static final String FOLDER = PolicyPaths.FOLDER.substring(0, PolicyPaths.FOLDER.length() - 1);

    /** Both together bound what a review holds; usual policies have less than 2 KB. */
    private static final int MOST_KEPT = 200;

    private static final int LARGEST_KEPT = 16 * 1024;

    private final GitHub gitHub;
    private final RepositoryRef repository;
    private final ReviewAccess access;
    private final Route route;
    private final Map<Where, GitHubResult<FileContent>> kept = new ConcurrentHashMap<>();

    private @Nullable SubjectKnowledge subjects;

    private Session(GitHub gitHub, RepositoryRef repository, ReviewAccess access, Route route) {
        this.gitHub = gitHub;
        this.repository = repository;
        this.access = access;
        this.route = route;
    }

    /** Gets a token for a review through the installation that the event named. */
    static Session open(GitHub gitHub, GitHubApp app, RepositoryRef repository, boolean pullRequests)
            throws GitHubException {
        String owner = repository.owner().toLowerCase(Locale.ROOT);
        var route =
                new Route(owner, app, new Installation(repository.installation(), repository.owner(), 0, "", false));
        GitHubResult<MintedToken> answer =
                mint(gitHub, route, repository, pullRequests ? REVIEW_OF_PULL_REQUEST : REVIEW);
        if (pullRequests && answer instanceof Failure<MintedToken>(var reason) && reason == Reason.UNPROCESSABLE) {
            // Public repositories show their pull requests without the permission, and not every App has it.
            answer = mint(gitHub, route, repository, REVIEW);
        }
        MintedToken minted = need("token", answer);
        var access = new ReviewAccess(app, owner, repository.name(), repository.installation(), minted.token());
        return new Session(gitHub, repository, access, route);
    }

    private static GitHubResult<MintedToken> mint(
            GitHub gitHub, Route route, RepositoryRef repository, Map<String, String> permissions) {
        return gitHub.mint(route, new TokenRequest(permissions, List.of(repository.name())));
    }

    private record Where(String path, String commit) {}

    ReviewApi gitHub() {
        return gitHub.reviews();
    }

    ReviewAccess access() {
        return access;
    }

    /** The route to other repositories of the owner. */
    Route route() {
        return route;
    }

    /** The content at a path at a commit. */
    GitHubResult<FileContent> file(String path, String commit) {
        var where = new Where(path, commit);
        GitHubResult<FileContent> known = kept.get(where);
        if (known != null) {
            return known;
        }
        GitHubResult<FileContent> answer = gitHub.reviews().file(access, path, commit);
        if (answer instanceof Success<FileContent>(var content) && isSmall(content) && kept.size() < MOST_KEPT) {
            kept.put(where, answer);
        }
        return answer;
    }

    private static boolean isSmall(FileContent content) {
        return !(content instanceof FileContent.File(var bytes, var _)) || bytes.length <= LARGEST_KEPT;
    }

    /**
     * What GitHub says about the subjects of the repository's tokens. GitHub is asked once, with a token of its own,
     * because not every App has the permission; without it nothing is known.
     */
    synchronized SubjectKnowledge subjects() {
        SubjectKnowledge known = subjects;
        if (known == null) {
            known = askForSubjects();
            subjects = known;
        }
        return known;
    }

    private SubjectKnowledge askForSubjects() {
        if (!(mint(gitHub, route, repository, READ_SUBJECTS) instanceof Success<MintedToken>(var minted))) {
            return SubjectKnowledge.UNKNOWN;
        }
        InstallationToken token = minted.token();
        var answer = gitHub.subjects().template(token.value(), access.owner(), access.repository());
        gitHub.revokeLater(access.app(), access.owner(), token);
        return answer instanceof Success<SubjectTemplate>(var told)
                ? SubjectKnowledge.told(told.useDefault(), told.immutable(), told.prefix(), told.claimKeys())
                : SubjectKnowledge.UNKNOWN;
    }

    /** The files of the policies' folder at a commit. */
    GitHubResult<Listing<DirectoryEntry>> folder(String commit) {
        return gitHub.reviews().directory(access, FOLDER, commit);
    }

    /** Whether GitHub still has a commit. */
    boolean has(String commit) throws GitHubException {
        return need("commit", gitHub.reviews().isThere(access, commit));
    }

    /** Revokes the token, later and on another thread. */
    @Override
    public void close() {
        gitHub.revokeLater(access.app(), access.owner(), access.token());
    }
}
