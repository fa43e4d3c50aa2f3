/**
 * The webhook: turns GitHub's events about changes into check runs and into notices to the caches. The program
 * configures it with {@link dev.octosts.webhook.WebhookSettings} and finds it as the bean {@link
 * dev.octosts.api.DeliveryReceiver}.
 */
module dev.octosts.webhook {
    requires static transitive org.jspecify;
    requires dev.octosts.api;
    requires transitive dev.octosts.github;
    requires transitive dev.octosts.policy;
    requires com.fasterxml.jackson.core;
    requires com.github.benmanes.caffeine;
    requires io.helidon.microprofile.cdi; // normal-scoped beans are proxied, and the proxies need its readability
    requires jakarta.cdi;
    requires jakarta.inject;
    requires org.slf4j;

    exports dev.octosts.webhook;
    exports dev.octosts.webhook.spi to
            dev.octosts.app; // gives it the lock in the database, and the guard rails of the exchange

    opens dev.octosts.webhook to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create and proxy the beans
}
