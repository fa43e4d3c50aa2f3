package dev.octosts.app.events;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.PolicyEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes CloudEvents of the events that the modules report. */
public final class CloudEvents {

    private static final String TYPES = "dev.octo-sts.";

    /** The source of a webhook that is served alone and has no domain. */
    private static final String NAMELESS = "/octo-sts/webhook";

    private final String source;

    /**
     * Events of a service.
     *
     * @param domain its host name; empty when it has none
     */
    public CloudEvents(String domain) {
        this.source = domain.isEmpty() ? NAMELESS : "https://" + domain;
    }

    /** An exchange, or the explanation of one. */
    public CloudEvent of(ExchangeEvent event) {
        return new CloudEvent(
                id(),
                TYPES + name(event.operation()),
                source,
                event.scope() + "/" + event.identity(),
                event.time(),
                event.requestId().isEmpty() ? Map.of() : Map.of(CloudEvent.REQUEST_ID, event.requestId()),
                new ExchangeData(event));
    }

    /** A push that changed policies. Its source is the repository, on github.com whatever GitHub is meant. */
    public CloudEvent of(PolicyEvent event) {
        PolicyEvent.Push push = event.push();
        String repository = push.owner() + "/" + push.repository();
        var extensions = new LinkedHashMap<String, String>();
        extensions.put("githubinstallationid", Long.toString(push.installation()));
        extensions.put("githubcommit", push.commit());
        return new CloudEvent(
                id(),
                TYPES + "policy",
                "https://github.com/" + repository,
                event.change().map(change -> repository + "/" + change.policy()).orElse(repository),
                event.time(),
                extensions,
                new PolicyData(event));
    }

    /** The name of events of this kind. */
    public static String name(ExchangeEvent.Operation operation) {
        return switch (operation) {
            case EXCHANGE -> "exchange";
            case EXPLANATION -> "explanation";
        };
    }

    /** The id is unique, not secret: the platform's secret randomness has a lock that all callers would share. */
    private static String id() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
