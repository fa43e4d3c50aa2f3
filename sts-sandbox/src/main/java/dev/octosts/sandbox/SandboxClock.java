package dev.octosts.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock for tests: the system's time plus an offset that tests set. It keeps running. */
public final class SandboxClock extends Clock {
    private final Clock system;
    private final AtomicReference<Duration> offset;

    public SandboxClock() {
        this(Clock.systemUTC(), new AtomicReference<>(Duration.ZERO));
    }

    private SandboxClock(Clock system, AtomicReference<Duration> offset) {
        this.system = system;
        this.offset = offset;
    }

    /** Moves time forward, or back when negative. */
    public void advance(Duration by) {
        offset.updateAndGet(now -> now.plus(by));
    }

    @Override
    public Instant instant() {
        return system.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SandboxClock(system.withZone(zone), offset);
    }
}
