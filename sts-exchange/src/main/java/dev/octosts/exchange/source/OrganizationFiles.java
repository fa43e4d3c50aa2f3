package dev.octosts.exchange.source;

import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.Installations.Result;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import java.util.List;
import java.util.Map;

/** The questions about the files of an organization that only GitHub can answer. */
interface OrganizationFiles {

    /** By path the content at these paths of a repository, or why it is not known. */
    Map<String, GitHubResult<FileContent>> files(ReadScope reading, String repository, List<String> paths);

    /** The installation of an App on an owner's account, as far as it is remembered. */
    Result installation(GitHubApp app, String owner);

    /** The same, past the cache. */
    Result installationNow(GitHubApp app, String owner);

    /** The questions as calls to GitHub. */
    record OnGitHub(RepositoryReader reader, Installations installations) implements OrganizationFiles {

        @Override
        public Map<String, GitHubResult<FileContent>> files(ReadScope reading, String repository, List<String> paths) {
            return reader.readAll(reading, repository, paths);
        }

        @Override
        public Result installation(GitHubApp app, String owner) {
            return installations.find(List.of(app), owner);
        }

        @Override
        public Result installationNow(GitHubApp app, String owner) {
            return installations.lookPastCache(app, owner);
        }
    }
}
