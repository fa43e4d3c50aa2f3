/** Traces, sent to an operator's collector by OTLP. Loaded only where an operator gives the address of one. */
module dev.octosts.traces {
    requires static org.jspecify;
    requires dev.octosts.api;
    requires io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires io.opentelemetry.exporter.internal;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.trace;
    requires java.logging;
    requires org.slf4j;

    provides dev.octosts.api.trace.TracerProvider with
            dev.octosts.traces.OtlpTracerProvider;
}
