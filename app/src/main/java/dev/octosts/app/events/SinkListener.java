package dev.octosts.app.events;

/** Counts the outcomes of events that are meant for the sink. */
public interface SinkListener {

    /** The outcome of an event. */
    enum Outcome {
        /** The sink has it. */
        SENT,
        /** The sink will never take it. */
        REFUSED,
        /** The sink could not take it for too long. */
        EXPIRED,
        /** Too many events are waiting already. */
        OVERFLOWED,
        /** The service has ended before the sink took it. */
        LEFT
    }

    /** The outcome of an event is final. */
    void settled(Outcome outcome);

    /** A try has failed; there will be another one. */
    void retried();
}
