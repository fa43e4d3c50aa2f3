package dev.octosts.app.events;

/** Counts what becomes of events that are meant for the sink. */
public interface SinkListener {

    /** What became of an event. */
    enum Outcome {
        /** The sink has it. */
        SENT,
        /** The sink will never take it. */
        REFUSED,
        /** The sink could not take it for too long. */
        EXPIRED,
        /** Too many wait already. */
        OVERFLOWED,
        /** The service has ended before the sink took it. */
        LEFT
    }

    /** An event is settled. */
    void settled(Outcome outcome);

    /** A try has failed; there will be another one. */
    void retried();
}
