package dev.octosts.api.http;

import dev.octosts.api.Delivery;
import dev.octosts.api.DeliveryBody;
import dev.octosts.api.DeliveryReceiver;
import dev.octosts.api.DeliveryTurnedAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The HTTP resource to which GitHub delivers its events.
 *
 * @see <a href="https://docs.github.com/webhooks/webhook-events-and-payloads">GitHub: webhook events and payloads</a>
 */
@Path("/webhook")
@ApplicationScoped
public class WebhookResource {

    private static final DeliveryBody NONE = new DeliveryBody(List.of());
    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final String APP_HOOK = "integration";
    private static final int LONGEST_NUMBER = 18;

    /** GitHub delivers no more. */
    private static final int MAXIMUM_BYTES = 25 * 1024 * 1024;

    private static final int PART = 64 * 1024;

    private final DeliveryReceiver receiver;
    private final Runnable turnedAway;

    @Inject
    WebhookResource(DeliveryReceiver receiver, Event<DeliveryTurnedAway> turnedAway) {
        this(receiver, () -> turnedAway.fire(new DeliveryTurnedAway()));
    }

    /** For the client proxy of this bean. */
    WebhookResource() {
        this(
                delivery -> {
                    throw new IllegalStateException("a client proxy has no receiver");
                },
                () -> {});
    }

    private WebhookResource(DeliveryReceiver receiver, Runnable turnedAway) {
        this.receiver = receiver;
        this.turnedAway = turnedAway;
    }

    /** Takes a delivery. The body is read by hand, because the signature covers its exact bytes. */
    @POST
    public Response post(@Context ContainerRequestContext request) {
        Response answer = answer(request);
        if (answer.getStatus() == Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            turnedAway.run();
        }
        return answer;
    }

    private Response answer(ContainerRequestContext request) {
        DeliveryBody body = NONE;
        try {
            // A delivery without a signature is refused, and its body would not be used. So the body is not read.
            if (!header(request, SIGNATURE).isEmpty()) {
                body = body(request.getEntityStream());
            }
        } catch (InvalidRequestException invalid) {
            return Responses.of(invalid);
        }
        return Responses.of(receiver.receive(new Delivery(
                header(request, "X-GitHub-Event"),
                header(request, "X-GitHub-Delivery"),
                header(request, SIGNATURE),
                header(request, HttpHeaders.CONTENT_TYPE),
                app(request),
                body)));
    }

    /** Reads the body in parts, so that a large one is in memory once. */
    private static DeliveryBody body(InputStream stream) throws InvalidRequestException {
        var parts = new ArrayList<byte[]>();
        do {
            parts.add(RequestBody.upTo(PART, stream));
            if (parts.size() > MAXIMUM_BYTES / PART && parts.getLast().length > 0) {
                throw new InvalidRequestException.TooLarge("request body", MAXIMUM_BYTES);
            }
        } while (parts.getLast().length == PART);
        return new DeliveryBody(parts);
    }

    /** The webhooks of repositories and organizations use the same header to name their repository or organization. */
    private static long app(ContainerRequestContext request) {
        String id = header(request, "X-GitHub-Hook-Installation-Target-ID");
        boolean ofApp =
                header(request, "X-GitHub-Hook-Installation-Target-Type").equals(APP_HOOK);
        boolean number =
                !id.isEmpty() && id.length() <= LONGEST_NUMBER && id.chars().allMatch(c -> c >= '0' && c <= '9');
        return ofApp && number ? Long.parseLong(id) : 0;
    }

    private static String header(ContainerRequestContext request, String name) {
        String value = request.getHeaderString(name);
        return value == null ? "" : value;
    }
}
