package dev.octosts.api.trace;

/** Makes the {@link Tracer}. Found by service loading, in a module that only those load who want traces. */
public interface TracerProvider {

    /** Begins to record. Calls nobody yet. */
    Tracer open(TraceSettings settings);
}
