package dev.octosts.api.http;

import dev.octosts.api.Delivery;
import dev.octosts.api.DeliveryBody;
import dev.octosts.api.DeliveryReceiver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Where GitHub delivers its events.
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

    private final DeliveryReceiver receiver;
    private final DeliveryBodies bodies = new DeliveryBodies();

    @Inject
    WebhookResource(DeliveryReceiver receiver) {
        this.receiver = receiver;
    }

    /** For the client proxy of this bean. */
    WebhookResource() {
        this(delivery -> {
            throw new IllegalStateException("a client proxy has no receiver");
        });
    }

    /** Takes a delivery; the body is read by hand, because its bytes are what was signed. */
    @POST
    public Response post(@Context ContainerRequestContext request) {
        DeliveryBody body = NONE;
        try {
            if (header(request, SIGNATURE).isEmpty()) {
                // Nothing of it would be looked at, so nothing of it is kept.
                bodies.skip(request.getEntityStream());
            } else {
                body = bodies.read(request.getEntityStream());
            }
        } catch (InvalidRequestException invalid) {
            return Answers.of(invalid);
        }
        try {
            return Answers.of(receiver.receive(new Delivery(
                    header(request, "X-GitHub-Event"),
                    header(request, "X-GitHub-Delivery"),
                    header(request, SIGNATURE),
                    header(request, HttpHeaders.CONTENT_TYPE),
                    app(request),
                    body)));
        } finally {
            bodies.release(body);
        }
    }

    /** The webhooks of repositories and organizations name what they belong to by the same header. */
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
