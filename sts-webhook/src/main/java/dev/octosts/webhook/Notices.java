package dev.octosts.webhook;

import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.webhook.payload.CommitFiles;
import dev.octosts.webhook.payload.Event;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells others what a delivery says, before it is acknowledged.
 *
 * @param repositories is told whose files are others now
 * @param installations is told whose installations are others now
 * @param deliveries is told of every delivery that was answered
 */
record Notices(
        Consumer<RepositoryChanged> repositories,
        Consumer<InstallationChanged> installations,
        Consumer<DeliveryHandled> deliveries) {

    void handled(DeliveryHandled delivery) {
        deliveries.accept(delivery);
    }

    /** Tells what an event makes stale. */
    void tell(Event event) {
        switch (event) {
            case Event.Push push -> tell(push);
            case Event.Elsewhere elsewhere -> {
                elsewhere.installations().forEach(installations);
                elsewhere.repositories().forEach(repositories);
            }
            case Event.PullRequest _, Event.Checks _ -> {}
        }
    }

    private void tell(Event.Push push) {
        if (!push.isToDefaultBranch()) {
            return;
        }
        String owner = push.place().owner();
        String repository = push.place().repository();
        if (!push.whole() || push.forced() || push.after().chars().allMatch(digit -> digit == '0')) {
            // The payload does not tell all that is another now.
            repositories.accept(RepositoryChanged.whole(owner, repository));
            return;
        }
        Set<String> paths = new HashSet<>();
        for (CommitFiles commit : push.commits()) {
            paths.addAll(commit.added());
            paths.addAll(commit.modified());
            paths.addAll(commit.removed());
        }
        if (!paths.isEmpty()) {
            repositories.accept(new RepositoryChanged(owner, repository, paths));
        }
    }
}
