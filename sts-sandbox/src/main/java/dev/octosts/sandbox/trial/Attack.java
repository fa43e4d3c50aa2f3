package dev.octosts.sandbox.trial;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An attack by hostile callers.
 *
 * @param name for {@code --attack}
 * @param what it does, in one line
 * @param preparation makes what the attack needs, before the time runs
 */
record Attack(String name, String what, Preparation preparation) {

    /** Makes tokens, issuers and policies for an attack. */
    @FunctionalInterface
    interface Preparation {
        Prepared prepare(TrialWorld world) throws IOException;
    }

    /** One step of a hostile caller. It is called again and again until the time is up. */
    @FunctionalInterface
    interface Step {
        void perform(HostileCaller caller) throws IOException;
    }

    /**
     * An attack that is ready to start.
     *
     * @param callers for each connection that was asked for
     * @param bound the number that the attack must not drive up; empty when there is nothing to count
     */
    record Prepared(int callers, Step step, Optional<Bound> bound) {
        static Prepared of(Step step) {
            return new Prepared(1, step, Optional.empty());
        }

        Prepared callers(int forEachConnection) {
            return new Prepared(forEachConnection, step, bound);
        }

        Prepared bounded(Bound by) {
            return new Prepared(callers, step, Optional.of(by));
        }
    }

    /**
     * A number that must not grow with the attack.
     *
     * @param what the name of the number
     * @param count the number until now
     * @param once how many are allowed at the beginning
     * @param eachSecond how many more are allowed for each second
     */
    record Bound(String what, LongSupplier count, long once, long eachSecond) {
        long most(long seconds) {
            return once + eachSecond * seconds;
        }
    }
}
