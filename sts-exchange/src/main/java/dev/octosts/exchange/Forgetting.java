package dev.octosts.exchange;

import dev.octosts.api.ChangesMissed;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.exchange.github.Installations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Makes the caches forget what GitHub has told to be another now, before whoever heard of it goes on. */
@ApplicationScoped
class Forgetting {

    private final Sources sources;
    private final Installations installations;

    @Inject
    Forgetting(Sources sources, Installations installations) {
        this.sources = sources;
        this.installations = installations;
    }

    void forget(@Observes RepositoryChanged changed) {
        sources.forget(changed);
    }

    void forget(@Observes ChangesMissed missed) {
        installations.forgetAll();
        sources.forgetAll();
    }

    void forget(@Observes InstallationChanged changed) {
        installations.forget(changed);
        sources.forget(changed);
    }
}
