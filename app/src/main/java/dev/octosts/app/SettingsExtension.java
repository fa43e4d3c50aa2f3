package dev.octosts.app;

import dev.octosts.app.observe.SelfProbe;
import dev.octosts.app.settings.Settings;
import dev.octosts.exchange.ExchangeSettings;
import dev.octosts.webhook.WebhookSettings;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.inject.Singleton;

/** Hands the settings, which were read before there was a container, to the beans. */
class SettingsExtension implements Extension {

    private final Settings settings;

    SettingsExtension(Settings settings) {
        this.settings = settings;
    }

    /** A service that does not probe itself says nothing of it. */
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
    }
}
