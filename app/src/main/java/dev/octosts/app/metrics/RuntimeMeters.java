package dev.octosts.app.metrics;

import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MetricsFactory;
import io.helidon.metrics.spi.MetersProvider;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Metrics of the JVM and of the process, under names as Prometheus wants them. The names that MicroProfile gives them,
 * such as {@code memory_usedHeap_bytes} and {@code thread_count}, break those rules; they are switched off.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/">Prometheus: metric and label naming</a>
 */
public final class RuntimeMeters implements MetersProvider {

    private static final String SCOPE = "application";
    private static final double MILLIS = 1_000.0;

    private static final Map<String, ToLongFunction<MemoryUsage>> MEMORY = Map.of(
            "used", MemoryUsage::getUsed,
            "committed", MemoryUsage::getCommitted,
            "max", MemoryUsage::getMax);

    /** For the service loader. */
    public RuntimeMeters() {}

    @Override
    public Collection<Meter.Builder<?, ?>> meterBuilders(MetricsFactory factory) {
        return new Builders(factory).all();
    }

    private static final class Builders {

        private final List<Meter.Builder<?, ?>> all = new ArrayList<>();
        private final MetricsFactory factory;

        Builders(MetricsFactory factory) {
            this.factory = factory;
        }

        List<Meter.Builder<?, ?>> all() {
            MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
            memory("heap", memory::getHeapMemoryUsage);
            memory("nonheap", memory::getNonHeapMemoryUsage);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            gauge("jvm_threads_current", "Platform threads that there are.", threads::getThreadCount);
            gauge("jvm_threads_peak", "Most platform threads that there were at a time.", threads::getPeakThreadCount);
            var classes = ManagementFactory.getClassLoadingMXBean();
            gauge("jvm_classes_loaded", "Classes that are loaded.", classes::getLoadedClassCount);
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                collections(collector);
            }
            var runtime = Runtime.getRuntime();
            gauge("jvm_available_processors", "Processors that the JVM may use.", runtime::availableProcessors);
            double start = ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS;
            gauge("process_start_time_seconds", "When the process began, in seconds since the epoch.", () -> start);
            gauge(
                    "process_cpu_time_seconds",
                    "Time that processors spent on the process since its start.",
                    () -> ProcessHandle.current()
                                    .info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis()
                            / MILLIS);
            return all;
        }

        private void memory(String area, Supplier<MemoryUsage> usage) {
            MEMORY.forEach((kind, value) -> add(
                    factory.gaugeBuilder("jvm_memory_" + kind + "_bytes", () -> value.applyAsLong(usage.get())),
                    "Memory of the JVM: " + kind + "; -1 where there is no limit.",
                    "area",
                    area));
        }

        private void collections(GarbageCollectorMXBean collector) {
            add(
                    factory.functionalCounterBuilder(
                            "jvm_gc_collections_total", collector, GarbageCollectorMXBean::getCollectionCount),
                    "Garbage collections.",
                    "gc",
                    collector.getName());
            add(
                    factory.gaugeBuilder(
                            "jvm_gc_time_seconds",
                            collector,
                            (GarbageCollectorMXBean of) -> of.getCollectionTime() / MILLIS),
                    "Time that garbage collections took since the start.",
                    "gc",
                    collector.getName());
        }

        private <N extends Number> void gauge(String name, String help, Supplier<N> value) {
            all.add(factory.gaugeBuilder(name, value).description(help).scope(SCOPE));
        }

        private void add(Meter.Builder<?, ?> meter, String help, String label, String value) {
            meter.description(help);
            meter.scope(SCOPE);
            meter.addTag(factory.tagCreate(label, value));
            all.add(meter);
        }
    }
}
