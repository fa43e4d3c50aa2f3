package dev.octosts.webhook.review;

import dev.octosts.github.DirectoryEntry;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.ReviewApi;
import dev.octosts.github.ReviewApi.Access;
import dev.octosts.github.ReviewApi.Listing;
import dev.octosts.github.Route;
import dev.octosts.policy.repository.PolicyPaths;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Access to GitHub during one review: the token, and the small files that were already read with it. */
public final class Session {

    private static final String FOLDER = PolicyPaths.FOLDER.substring(0, PolicyPaths.FOLDER.length() - 1);

    /** Both together bound what a review holds; usual policies have less than 2 KB. */
    private static final int MOST_KEPT = 200;

    private static final int LARGEST_KEPT = 16 * 1024;

    private final ReviewApi gitHub;
    private final Access access;
    private final Route route;
    private final Map<Where, GitHubResult<FileContent>> kept = new ConcurrentHashMap<>();

    Session(ReviewApi gitHub, Access access, Route route) {
        this.gitHub = gitHub;
        this.access = access;
        this.route = route;
    }

    private record Where(String path, String commit) {}

    public ReviewApi gitHub() {
        return gitHub;
    }

    public Access access() {
        return access;
    }

    /** The route to other repositories of the owner. */
    Route route() {
        return route;
    }

    /** The content at a path at a commit. */
    public GitHubResult<FileContent> file(String path, String commit) {
        var where = new Where(path, commit);
        GitHubResult<FileContent> known = kept.get(where);
        if (known != null) {
            return known;
        }
        GitHubResult<FileContent> answer = gitHub.file(access, path, commit);
        if (answer instanceof Success<FileContent>(var content) && isSmall(content) && kept.size() < MOST_KEPT) {
            kept.put(where, answer);
        }
        return answer;
    }

    private static boolean isSmall(FileContent content) {
        return !(content instanceof FileContent.File(var bytes, var _)) || bytes.length <= LARGEST_KEPT;
    }

    /** The files of the policies' folder at a commit. */
    GitHubResult<Listing<DirectoryEntry>> folder(String commit) {
        return gitHub.directory(access, FOLDER, commit);
    }
}
