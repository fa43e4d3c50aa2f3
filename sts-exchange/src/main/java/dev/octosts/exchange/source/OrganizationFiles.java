package dev.octosts.exchange.source;

import dev.octosts.exchange.installation.Installations.Result;
import dev.octosts.exchange.installation.ReadScope;
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
}
