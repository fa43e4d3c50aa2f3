package dev.octosts.traces;

import dev.octosts.api.trace.Span;
import dev.octosts.api.trace.TraceSettings;
import dev.octosts.api.trace.Tracer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes spans of OpenTelemetry. */
final class OtlpTracer implements Tracer {

    private static final int LONGEST_VALUE = 256;
    private static final int ATTRIBUTES = 32;

    /** In a {@code traceparent}: version, trace, parent and flags. */
    private static final int TRACE = 3;

    private static final int PARENT = 36;
    private static final int FLAGS = 53;
    private static final int END = 55;

    private final SdkTracerProvider provider;
    private final io.opentelemetry.api.trace.Tracer spans;
    private final SpanQueue queue;
    private final UnaryOperator<String> mask;

    OtlpTracer(TraceSettings settings, SpanQueue queue) {
        this.queue = queue;
        this.mask = settings.mask();
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(resource(settings.resource())))
                .setSampler(sampler(settings.sampling()))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxNumberOfAttributes(ATTRIBUTES)
                        .setMaxAttributeValueLength(LONGEST_VALUE)
                        .build())
                .addSpanProcessor(queue)
                .build();
        this.spans = provider.get("dev.octosts");
    }

    private static Resource resource(Map<String, String> facts) {
        var attributes = Attributes.builder();
        facts.forEach(attributes::put);
        return Resource.create(attributes.build());
    }

    private static Sampler sampler(TraceSettings.Sampling sampling) {
        Sampler root = sampling.ratio() >= 1
                ? Sampler.alwaysOn()
                : sampling.ratio() <= 0 ? Sampler.alwaysOff() : Sampler.traceIdRatioBased(sampling.ratio());
        return sampling.byParent() ? Sampler.parentBased(root) : root;
    }

    @Override
    public Optional<Span> request(String name, String traceparent) {
        var span = spans.spanBuilder(name)
                .setParent(parent(traceparent))
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        return span.isRecording() ? Optional.of(new OtlpSpan(spans, span, mask)) : Optional.empty();
    }

    private static Context parent(String traceparent) {
        if (traceparent.isEmpty()) {
            return Context.root();
        }
        var caller = SpanContext.createFromRemoteParent(
                traceparent.substring(TRACE, PARENT - 1),
                traceparent.substring(PARENT, FLAGS - 1),
                TraceFlags.fromHex(traceparent.substring(FLAGS, END), 0),
                TraceState.getDefault());
        return Context.root().with(io.opentelemetry.api.trace.Span.wrap(caller));
    }

    @Override
    public Totals totals() {
        return queue.totals();
    }

    @Override
    public void close() {
        queue.close();
        provider.close();
    }
}
