package dev.octosts.app.events;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the events that are waiting or being sent, by number and by bytes, to keep them within a bound. */
final class Backlog {

    private final int mostEvents;
    private final long mostBytes;
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Backlog(int mostEvents, long mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    /** Takes room for an event, if there is any. */
    boolean take(int size) {
        if (events.incrementAndGet() > mostEvents) {
            events.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(size) > mostBytes) {
            release(size);
            return false;
        }
        return true;
    }

    void release(int size) {
        bytes.addAndGet(-size);
        events.decrementAndGet();
    }

    int events() {
        return events.get();
    }
}
