package dev.octosts.probers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only in pauses, and chance that always takes the shorter way. */
final class FakeTiming implements TimeSource {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();

    @Override
    public long nanos() {
        return passed().toNanos();
    }

    @Override
    public Instant now() {
        return START.plus(passed());
    }

    @Override
    public double chance() {
        return 0;
    }

    @Override
    public void pause(Duration pause) {
        pauses.add(pause);
    }

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    private Duration passed() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
