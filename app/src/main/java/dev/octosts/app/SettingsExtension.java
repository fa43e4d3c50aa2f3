package dev.octosts.app;

import dev.octosts.app.health.SelfProbe;
import dev.octosts.app.settings.Settings;
import dev.octosts.exchange.ExchangeSettings;
import dev.octosts.exchange.WarmUp;
import dev.octosts.webhook.WebhookSettings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.inject.Singleton;

/** Gives the beans the objects that exist before the container: the settings, and the warm-up that has begun. */
class SettingsExtension implements Extension {

    private final Settings settings;
    private final WarmUp.Early warmUp;

    SettingsExtension(Settings settings, WarmUp.Early warmUp) {
        this.settings = settings;
        this.warmUp = warmUp;
    }

    /** Without a self-probe, the service does not report on one. */
    void leaveOut(@Observes ProcessAnnotatedType<SelfProbe> type) {
        if (settings.selfProbe().isEmpty()) {
            type.veto();
        }
    }

    void addSettings(@Observes AfterBeanDiscovery discovery) {
        discovery
                .addBean()
                .types(Settings.class, Object.class)
                .scope(Singleton.class)
                .createWith(context -> settings);
        discovery
                .addBean()
                .types(ExchangeSettings.class, Object.class)
                .scope(Singleton.class)
                .createWith(context -> settings.exchange());
        discovery
                .addBean()
                .types(WebhookSettings.class, Object.class)
                .scope(Singleton.class)
                .createWith(context -> settings.webhook());
        discovery
                .addBean()
                .types(WarmUp.Early.class, Object.class)
                .scope(Singleton.class)
                .createWith(context -> warmUp);
    }
}
