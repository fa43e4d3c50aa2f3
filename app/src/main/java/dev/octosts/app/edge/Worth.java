package dev.octosts.app.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import org.jspecify.annotations.Nullable;

/** Whether an answer is what the service is there for: a grant, a delivery that was taken, or a sign of life. */
final class Worth {

    private static final String EXCHANGE = "/sts/exchange";
    private static final String FOR_EVERYBODY = "/playground/";

    private static final int STATUS = "HTTP/1.1 ".length();

    private Worth() {}

    /**
     * Whether it is.
     *
     * @param request null when it was malformed
     * @param head begins with the answer's status line
     */
    static boolean isGranted(@Nullable HttpPrologue request, BufferData head) {
        if (request == null) {
            return false;
        }
        String path = request.uriPath().rawPath();
        if (WebhookEverywhere.watches(path) && !path.equals(ScrapeLimit.PATH)) {
            return true;
        }
        boolean successful = head.available() > STATUS && head.get(STATUS) == '2';
        return successful && (path.equals(EXCHANGE) || isDelivery(request.method(), path));
    }

    private static boolean isDelivery(Method method, String path) {
        return method.equals(Method.POST) && !path.startsWith(FOR_EVERYBODY) && !path.equals("/sts/explain");
    }
}
