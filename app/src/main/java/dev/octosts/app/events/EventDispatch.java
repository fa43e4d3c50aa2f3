package dev.octosts.app.events;

import dev.octosts.app.settings.Settings;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.Optional;

/** Sends events to the operator's sink, if there is one. */
@ApplicationScoped
public class EventDispatch {

    private final Optional<Way> way;

    /** A client, and the queue that sends through it. */
    private record Way(SinkClient client, EventSink sink) {}

    @Inject
    EventDispatch(Settings settings, SinkListener listener) {
        this.way = settings.events().map(address -> {
            var limits = EventSink.Limits.USUAL;
            var egress = settings.exchange().egress();
            var identity = settings.eventIdentity()
                    .map(wanted -> GoogleIdentity.of(wanted, address, egress, Clock.systemUTC()));
            var client = new SinkClient(address, egress, limits.senders(), SinkClient.Limits.USUAL, identity);
            return new Way(client, new EventSink(client::send, limits, listener));
        });
    }

    /** Queues an event for the sink, if there is one; returns at once. */
    public void send(CloudEvent event) {
        way.ifPresent(known -> known.sink().send(event));
    }

    /** The number of events that the sink does not have yet. */
    public int backlog() {
        return way.map(known -> known.sink().backlog()).orElse(0);
    }

    /** Ends after the server, and after the deliveries that it accepted: both make events. */
    void end(
            @Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(Interceptor.Priority.PLATFORM_AFTER)
                    Object event) {
        way.ifPresent(known -> {
            known.sink().close();
            known.client().close();
        });
    }
}
