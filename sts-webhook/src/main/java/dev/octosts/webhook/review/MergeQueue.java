package dev.octosts.webhook.review;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The branches in which GitHub tests pull requests before it merges them.
 *
 * @see <a
 *     href="https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue">GitHub:
 *     managing a merge queue</a>
 */
final class MergeQueue {

    private static final Pattern BRANCH = Pattern.compile("(?:refs/heads/)?gh-readonly-queue/(.+)/pr-[0-9]+-[0-9a-f]+");

    private MergeQueue() {}

    /**
     * The branch that a branch of a queue will become.
     *
     * @param branch a name, in full or short
     */
    static Optional<String> target(String branch) {
        return Optional.of(BRANCH.matcher(branch)).filter(Matcher::matches).map(match -> match.group(1));
    }
}
