package dev.octosts.api;

/**
 * One webhook delivery from GitHub, not verified yet. Trust nothing in it before its signature was checked. The
 * signature covers the body alone, so trust the other fields not even then.
 *
 * @param event the kind of event; empty when it was not named
 * @param id GitHub's id of the delivery, the same when it is delivered again; empty when there is none
 * @param signature the header {@code X-Hub-Signature-256}; empty when there is none
 * @param contentType the body's media type as it was given; empty when it was not
 * @param appId the App whose webhook it is, or 0 when it was not named
 * @param body the bytes that were signed
 * @see <a href="https://docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers">GitHub: delivery
 *     headers</a>
 */
public record Delivery(String event, String id, String signature, String contentType, long appId, DeliveryBody body) {}
