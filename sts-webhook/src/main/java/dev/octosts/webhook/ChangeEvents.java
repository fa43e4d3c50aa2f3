package dev.octosts.webhook;

import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.webhook.payload.Event;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Notifies other parts of the program of a delivery's contents, before the delivery is acknowledged.
 *
 * @param repositories is notified when files of a repository have changed
 * @param installations is notified when installations of an account have changed
 * @param deliveries is notified of every delivery that was answered
 */
record ChangeEvents(
        Consumer<RepositoryChanged> repositories,
        Consumer<InstallationChanged> installations,
        Consumer<DeliveryHandled> deliveries) {

    void handled(DeliveryHandled delivery) {
        deliveries.accept(delivery);
    }

    /** Notifies of the data that an event makes stale. */
    void changed(Event event) {
        switch (event) {
            case Event.Push push -> changed(push);
            case Event.Elsewhere elsewhere -> {
                elsewhere.installations().forEach(installations);
                elsewhere.repositories().forEach(repositories);
            }
            case Event.PullRequest _, Event.MergeGroup _, Event.Checks _ -> {}
        }
    }

    private void changed(Event.Push push) {
        if (!push.isToDefaultBranch()) {
            return;
        }
        String owner = push.repository().owner();
        String repository = push.repository().name();
        if (!push.whole() || push.forced() || push.after().chars().allMatch(digit -> digit == '0')) {
            // The payload does not list everything that has changed.
            repositories.accept(RepositoryChanged.whole(owner, repository));
            return;
        }
        Set<String> paths = new HashSet<>();
        for (Event.CommitFiles commit : push.commits()) {
            paths.addAll(commit.added());
            paths.addAll(commit.modified());
            paths.addAll(commit.removed());
        }
        if (!paths.isEmpty()) {
            repositories.accept(new RepositoryChanged(owner, repository, paths));
        }
    }
}
