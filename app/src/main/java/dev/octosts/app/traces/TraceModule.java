package dev.octosts.app.traces;

import dev.octosts.api.trace.TraceSettings;
import dev.octosts.api.trace.Tracer;
import dev.octosts.api.trace.TracerProvider;
import dev.octosts.app.layer.ModuleFolder;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Loads the module that records requests. Without a collector, nothing calls it. */
public final class TraceModule {

    private static final String FOLDER = "traces";

    private TraceModule() {}

    /**
     * Begins to record.
     *
     * @throws IllegalStateException when this distribution cannot; the message says what to do
     */
    public static Tracer open(TraceSettings settings) {
        try {
            return ModuleFolder.ofThisProgram(FOLDER)
                    .find(layer ->
                            ServiceLoader.load(layer, TracerProvider.class).findFirst())
                    .or(() -> ServiceLoader.load(TracerProvider.class).findFirst())
                    .orElseThrow(() -> new IllegalStateException(
                            "OTEL_EXPORTER_OTLP_ENDPOINT: this distribution has no module for traces, which is in its"
                                    + " folder lib/" + FOLDER + "; unpack it again, or remove the variable"))
                    .open(settings);
        } catch (ModuleFolder.NotWholeException | ServiceConfigurationError | LinkageError broken) {
            throw new IllegalStateException(
                    "OTEL_EXPORTER_OTLP_ENDPOINT: the folder lib/" + FOLDER + " of this distribution is not whole"
                            + " (" + broken.getMessage() + "); unpack it again, or remove the variable",
                    broken);
        }
    }
}
