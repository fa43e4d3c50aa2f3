package dev.octosts.sandbox.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The effect of one attack on the quiet tenant and on the service, and the promises that it broke.
 *
 * @param during while the attack ran
 * @param before a few seconds without an attack
 * @param after a few seconds that begin seven seconds after the attack's end
 * @param processBefore the service's process before the attack
 * @param processAfter ten seconds after it
 * @param counted the number that the attack must not drive up; empty when there is nothing to count
 * @param steps how many steps hostile callers began
 */
record AttackResult(
        Attack attack,
        Duration length,
        Sample before,
        Sample during,
        Sample after,
        ProcessState processBefore,
        ProcessState processAfter,
        Removed removed,
        Optional<Counted> counted,
        long steps) {

    /** The limit of the Helm chart's container: with more it is killed. */
    static final long MOST_MEMORY = 384L << 20;

    static final Duration SLOWEST = Duration.ofSeconds(1);

    /**
     * Sockets that the pools for GitHub and issuers may have opened meanwhile, and sockets of callers that have just
     * left.
     */
    static final int MORE_SOCKETS = 64;

    /**
     * A factor on the p50 before the attack. A few milliseconds are added, because a p50 of one millisecond is not that
     * certain.
     */
    static final int SLOWER_AFTERWARDS = 3;

    static final Duration SLOWER_BY = Duration.ofMillis(10);

    /** The state of a process at a moment: whether it runs, and its resources. */
    record ProcessState(boolean alive, OptionalLong resident, OptionalLong sockets) {}

    /**
     * A policy that was removed in the middle of the attack.
     *
     * @param delivery the answer to the signed event: a status, or why there is none
     * @param granted whether the policy still granted five seconds later
     */
    record Removed(String delivery, boolean granted) {}

    /** The part of a bound that the attack used. */
    record Counted(String what, long count, long most) {}

    boolean kept() {
        return broken().isEmpty();
    }

    /** Every broken promise, in words. */
    List<String> broken() {
        var broken = new ArrayList<String>();
        if (!processAfter.alive()) {
            broken.add("the service ended");
        }
        tenant(broken);
        if (during.mostMemory() > MOST_MEMORY) {
            broken.add("the service took " + (during.mostMemory() >> 20) + " MB of memory");
        }
        if (removed.granted()) {
            broken.add("a removed policy still granted (its delivery: " + removed.delivery() + ")");
        }
        counted.filter(one -> one.count() > one.most())
                .ifPresent(one -> broken.add(one.count() + " " + one.what() + ", and " + one.most() + " are allowed"));
        if (processAfter.alive()) {
            recovery(broken);
        }
        return broken;
    }

    private void tenant(List<String> broken) {
        if (during.failures() > 0) {
            broken.add(during.failures() + " of " + during.exchanges() + " exchanges failed");
        }
        if (during.latency(99).compareTo(SLOWEST) >= 0) {
            broken.add("p99 of the exchanges was " + during.latency(99).toMillis() + " ms");
        }
        if (during.healthFailures() > 0) {
            broken.add("/health/live failed " + during.healthFailures() + " times");
        }
        if (during.slowestHealth().compareTo(SLOWEST) >= 0) {
            broken.add("/health/live took " + during.slowestHealth().toMillis() + " ms");
        }
    }

    private void recovery(List<String> broken) {
        if (after.failures() + after.healthFailures() > 0) {
            broken.add("ten seconds later exchanges or /health/live still failed");
        }
        var slowest = before.latency(50).multipliedBy(SLOWER_AFTERWARDS).plus(SLOWER_BY);
        if (after.latency(50).compareTo(slowest) > 0) {
            broken.add("ten seconds later the p50 was " + after.latency(50).toMillis() + " ms");
        }
        long sockets =
                processAfter.sockets().orElse(0) - processBefore.sockets().orElse(0);
        if (sockets > MORE_SOCKETS) {
            broken.add("ten seconds later " + sockets + " more sockets were open");
        }
        if (processAfter.resident().orElse(0) > MOST_MEMORY) {
            broken.add("ten seconds later the service still had "
                    + (processAfter.resident().getAsLong() >> 20) + " MB of memory");
        }
    }
}
