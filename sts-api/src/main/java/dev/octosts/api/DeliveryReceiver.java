package dev.octosts.api;

/** Receives what GitHub delivers to the webhook: the port that the HTTP resource calls. */
public interface DeliveryReceiver {

    /**
     * Checks a delivery and does what it asks for; returns within the time that GitHub waits, whether that is done or
     * not. An exception means a fault of this service.
     *
     * @param delivery what came, unchecked
     */
    Receipt receive(Delivery delivery);
}
