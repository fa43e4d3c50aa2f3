package dev.octosts.exchange.organization;

import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.FileContent;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.github.Installations;
import dev.octosts.exchange.github.Installations.Result;
import dev.octosts.exchange.github.Reading;
import dev.octosts.exchange.github.RepositoryReader;
import java.util.List;
import java.util.Map;

/** The questions as calls to GitHub. */
record GitHubQuestions(RepositoryReader reader, Installations installations) implements Questions {

    @Override
    public Map<String, Answer<FileContent>> files(Reading reading, String repository, List<String> paths) {
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
