package dev.octosts.api.budget;

import java.util.function.Supplier;

/** To be replaced. */
public final class WorkAllowance {
    /** x. */
    public WorkAllowance() {}

    /** x. */
    public <T> T spend(String key, Supplier<T> work) throws BusyException {
        return work.get();
    }
}
