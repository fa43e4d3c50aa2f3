package dev.octosts.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.api.AttemptedCall;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.TurnedAway;
import dev.octosts.app.edge.CutOff;
import dev.octosts.app.events.SinkListener;
import dev.octosts.probers.probe.Round;
import dev.octosts.probers.probe.RoundTally;
import io.helidon.microprofile.metrics.RegistryFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

/** What metrics say of themselves, those included that only rare events count. */
class MetricTextsTest {

    /** A scope that no other test uses. */
    private final MetricRegistry registry =
            RegistryFactory.getInstance().getRegistry("texts-" + System.identityHashCode(this));

    @Test
    void every_metric_says_what_it_is_and_is_in_the_documentation() throws Exception {
        var exchange = new ExchangeMetrics(registry, new QuotaMetrics(registry));
        exchange.called(new GitHubCall(
                GitHubCall.Endpoint.MINT,
                429,
                1,
                1,
                "octo-org",
                7,
                true,
                Duration.ZERO,
                new GitHubCall.Quota(1, 1, 0, 1, "core")));
        Arrays.stream(AttemptedCall.values()).forEach(exchange::attemptFailed);
        Arrays.stream(TurnedAway.values()).forEach(exchange::turnedAway);
        Arrays.stream(AssignmentOutcome.values()).forEach(exchange::routed);
        Arrays.stream(CutOff.values()).forEach(new EdgeMetrics(registry)::cutOff);
        new AppKeyMetrics(registry, note -> {}).look(AppKeyMetricsTest.apps(1, "first"));
        var sink = new SinkMetrics(registry);
        sink.retried();
        Arrays.stream(SinkListener.Outcome.values()).forEach(sink::settled);
        new ProbeMetrics(registry, new RoundTally(List.of(Round.POSITIVE)));
        var documented = Files.readString(Path.of("../docs/token-exchange.md"))
                + Files.readString(Path.of("../docs/probers.md"));

        assertThat(registry.getMetadata()).hasSizeGreaterThan(15).allSatisfy((name, metadata) -> {
            assertThat(metadata.description())
                    .hasValueSatisfying(help -> assertThat(help).endsWith("."));
            assertThat(documented).contains("`" + name + "`");
        });
        assertThat(registry.getMetadata()).containsKeys("octosts_failed_attempts_total", "octosts_turned_away_total");
    }
}
