package dev.octosts.exchange.organization;

import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.FileContent;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.github.Installations.Result;
import dev.octosts.exchange.github.Reading;
import java.util.List;
import java.util.Map;

/** What GitHub is asked to learn what stands in the files of an organization. */
interface Questions {

    /** What stands at these paths of a repository, or why that is not known, by path. */
    Map<String, Answer<FileContent>> files(Reading reading, String repository, List<String> paths);

    /** The installation of an App on an owner's account, as far as it is remembered. */
    Result installation(GitHubApp app, String owner);

    /** The same, past all that is remembered. */
    Result installationNow(GitHubApp app, String owner);
}
