package dev.octosts.app.events;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much is waiting or under way, by number and by bytes. */
final class Backlog {

    private final int mostEvents;
    private final long mostBytes;
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Backlog(int mostEvents, long mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    /** Takes room, if there is any. */
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
