package dev.octosts.api;

/** Receives the webhook deliveries of GitHub. This is the port that the HTTP resource calls. */
public interface DeliveryReceiver {

    /**
     * Checks a delivery and does the work that it asks for. Returns within the time that GitHub waits, whether the work
     * is done or not. An exception means a fault of this service.
     *
     * @param delivery the delivery, unchecked
     */
    DeliveryResult receive(Delivery delivery);
}
