package dev.octosts.traces;

import dev.octosts.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.UnaryOperator;

/** A span of OpenTelemetry. */
final class OtlpSpan implements Span {

    private final Tracer spans;
    private final io.opentelemetry.api.trace.Span span;
    private final UnaryOperator<String> mask;

    OtlpSpan(Tracer spans, io.opentelemetry.api.trace.Span span, UnaryOperator<String> mask) {
        this.spans = spans;
        this.span = span;
        this.mask = mask;
    }

    @Override
    public Span child(String name, Kind kind) {
        var child = spans.spanBuilder(name)
                .setParent(Context.root().with(span))
                .setSpanKind(
                        switch (kind) {
                            case INTERNAL -> SpanKind.INTERNAL;
                            case CLIENT -> SpanKind.CLIENT;
                        })
                .startSpan();
        return new OtlpSpan(spans, child, mask);
    }

    @Override
    public void set(String attribute, String value) {
        span.setAttribute(attribute, mask.apply(value));
    }

    @Override
    public void set(String attribute, long value) {
        span.setAttribute(attribute, value);
    }

    @Override
    public void fail(String kind) {
        span.setAttribute("error.type", kind);
        span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void end() {
        span.end();
    }
}
