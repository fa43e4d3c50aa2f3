package dev.octosts.api.trace;

import dev.octosts.api.trace.Span.Kind;

/**
 * The trace of the request that a thread works on. Where none is recorded, every method costs a look at a scoped value,
 * makes no object, and does nothing: the code of the service says everywhere what its steps are.
 *
 * <p>A thread knows the innermost of its steps, and a step that begins is a part of that one. Work that goes on in
 * another thread takes the step with it: {@link #carried}.
 */
public final class Trace {

    private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

    private Span innermost;

    private Trace(Span innermost) {
        this.innermost = innermost;
    }

    /** Runs work as a part of a span, which the caller ends. */
    public static void during(Span span, Runnable work) {
        ScopedValue.where(CURRENT, new Trace(span)).run(work);
    }

    /** Whether the request that this thread works on is recorded. */
    public static boolean isOn() {
        return CURRENT.isBound();
    }

    /** Begins a step of this process. It ends when it is closed, in the same thread. */
    public static Step begin(String name) {
        return begin(name, Kind.INTERNAL);
    }

    /** Begins a call to another server. */
    public static Step call(String name) {
        return begin(name, Kind.CLIENT);
    }

    private static Step begin(String name, Kind kind) {
        if (!CURRENT.isBound()) {
            return Step.NONE;
        }
        Trace trace = CURRENT.get();
        Span outer = trace.innermost;
        trace.innermost = outer.child(name, kind);
        return new Step(trace, outer, trace.innermost);
    }

    /** A fact about the innermost step. */
    public static void note(String attribute, String value) {
        if (CURRENT.isBound()) {
            CURRENT.get().innermost.set(attribute, value);
        }
    }

    /** A fact about the innermost step. */
    public static void note(String attribute, long value) {
        if (CURRENT.isBound()) {
            CURRENT.get().innermost.set(attribute, value);
        }
    }

    /** The same work, to be run by another thread as a part of the step that this thread is in. */
    public static Runnable carried(Runnable work) {
        if (!CURRENT.isBound()) {
            return work;
        }
        Span outer = CURRENT.get().innermost;
        return () -> during(outer, work);
    }

    void leave(Span outer) {
        innermost = outer;
    }
}
