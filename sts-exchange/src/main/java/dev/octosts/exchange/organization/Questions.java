package dev.octosts.exchange.organization;

import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.FileContent;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.github.Installations.Result;
import dev.octosts.exchange.github.Reading;
import java.util.List;
import java.util.Map;

/** The questions about the files of an organization that only GitHub can answer. */
interface Questions {

    /** By path the content at these paths of a repository, or why it is not known. */
    Map<String, Answer<FileContent>> files(Reading reading, String repository, List<String> paths);

    /** The installation of an App on an owner's account, as far as it is remembered. */
    Result installation(GitHubApp app, String owner);

    /** The same, past the cache. */
    Result installationNow(GitHubApp app, String owner);
}
