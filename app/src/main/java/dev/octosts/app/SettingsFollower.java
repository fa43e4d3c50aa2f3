package dev.octosts.app;

import dev.octosts.api.AuditNote;
import dev.octosts.app.settings.Settings;
import dev.octosts.github.AppPools;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/** Makes the running program follow what is read again of its settings. */
@ApplicationScoped
class SettingsFollower {

    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 300;

    void begin(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event,
            Settings settings,
            AppPools apps,
            Event<AuditNote> notes) {
        settings.reloading().begin(apps::replace, notes::fire);
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event, Settings settings) {
        settings.reloading().close();
    }
}
