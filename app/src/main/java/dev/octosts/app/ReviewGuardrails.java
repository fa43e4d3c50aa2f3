package dev.octosts.app;

import dev.octosts.exchange.GuardrailReader;
import dev.octosts.webhook.spi.GuardrailLookup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives reviews the guard rails that exchanges apply. The two modules do not know each other. */
@ApplicationScoped
class ReviewGuardrails {

    @Produces
    @Singleton
    GuardrailLookup guardrails(GuardrailReader reader) {
        return reader::of;
    }
}
