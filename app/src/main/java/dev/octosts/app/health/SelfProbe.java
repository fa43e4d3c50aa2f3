package dev.octosts.app.health;

import dev.octosts.app.metrics.ProbeMetrics;
import dev.octosts.app.metrics.Uncounted;
import dev.octosts.app.settings.SelfProbeSettings;
import dev.octosts.app.settings.SelfProbeSettings.Tokens;
import dev.octosts.app.settings.Settings;
import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.probe.CheckOutcome;
import dev.octosts.probers.probe.ProbeReport;
import dev.octosts.probers.probe.ProbeTarget;
import dev.octosts.probers.probe.ProbeTarget.TokenSupply;
import dev.octosts.probers.probe.Prober;
import dev.octosts.probers.probe.ReportText;
import dev.octosts.probers.probe.Round;
import dev.octosts.probers.probe.RoundTally;
import dev.octosts.probers.probe.Rounds;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the service as a customer of itself, over its own port. It reports the results by metrics, the log and a
 * health check that never fails: to take a faulty service out of the balancer does not fix it, and GitHub may be at
 * fault.
 */
@Readiness
@ApplicationScoped
public class SelfProbe implements HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SelfProbe.class);
    private static final int AFTER_PRIMING = Interceptor.Priority.PLATFORM_AFTER + 300;
    private static final List<Round> ROUNDS = List.of(Round.POSITIVE, Round.NEGATIVE);
    private static final RetryBudget ONE_TOKEN = RetryBudget.once(Duration.ofSeconds(10));
    private static final Duration SLOW = Duration.ofSeconds(5);

    private final Settings settings;
    private final RoundTally tally = new RoundTally(ROUNDS);
    private final ProbeMetrics metrics;
    private Optional<Network> network = Optional.empty();
    private Optional<Rounds> rounds = Optional.empty();

    @Inject
    SelfProbe(Settings settings, MetricRegistry registry) {
        this.settings = settings;
        this.metrics = new ProbeMetrics(registry, tally);
    }

    void begin(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_PRIMING) Object event,
            ServerCdiExtension server,
            @Readiness Instance<HealthCheck> readiness) {
        settings.selfProbe().ifPresent(how -> begin(how, server.port(), readiness));
    }

    private void begin(SelfProbeSettings how, int port, Instance<HealthCheck> readiness) {
        var egress = settings.exchange().egress();
        var way = new Network(
                new Network.NetworkSettings("octo-sts-self-probe", egress.proxies(), Optional.of(egress.tls())));
        var prober = new Prober(target(how, port), way, Clock.systemUTC());
        var turns = new Rounds(prober, ROUNDS, this::tell);
        // Before, exchanges are refused: with a database it is not known at first who is stopped.
        turns.every(
                how.interval(),
                () -> readiness.stream().allMatch(check -> check.call().getStatus() == HealthCheckResponse.Status.UP));
        network = Optional.of(way);
        rounds = Optional.of(turns);
    }

    private ProbeTarget target(SelfProbeSettings how, int port) {
        return new ProbeTarget(
                ServiceAddress.of("http://127.0.0.1:" + port),
                ServiceAddress.of(settings.exchange().gitHub().address().toString()),
                settings.exchange().domain(),
                how.scope(),
                how.identity(),
                tokens(how.tokens()),
                new ProbeTarget.OtherTargets(Optional.empty(), how.otherIdentity(), Optional.empty(), Optional.empty()),
                SLOW);
    }

    private static TokenSupply tokens(Tokens from) {
        var environment = System.getenv();
        return switch (from) {
            case Tokens.File(var path) -> _ -> IdentityTokenSource.ofFile(path);
            case Tokens.Platform platform ->
                calls -> switch (platform) {
                    case GOOGLE -> IdentityTokenSource.ofGoogle(environment, calls, ONE_TOKEN);
                    case AZURE -> IdentityTokenSource.ofAzure(environment, calls, ONE_TOKEN);
                    case AWS -> IdentityTokenSource.ofAws(environment, calls, ONE_TOKEN);
                };
        };
    }

    private void tell(ProbeReport report) {
        tally.count(report);
        Uncounted.tolerate(() -> metrics.count(report));
        LOG.info("self-probe {}", ReportText.summary(report));
        report.alarms()
                .forEach(alarm -> LOG.atError()
                        .addKeyValue("round", report.round().toString())
                        .addKeyValue("check", alarm.check().toString())
                        .addKeyValue("outcome", alarm.outcome().kind())
                        .addKeyValue("seen", alarm.outcome().detail())
                        .addKeyValue("expected", alarm.check().expected())
                        .log(
                                alarm.outcome() instanceof CheckOutcome.Breached
                                        ? "self-probe: BREACHED"
                                        : "self-probe: failed"));
    }

    /** Tokens are given back before the server ends. */
    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        rounds.ifPresent(Rounds::close);
        network.ifPresent(Network::close);
    }

    @Override
    public HealthCheckResponse call() {
        var check = HealthCheckResponse.named("self-probe").up();
        for (Round round : ROUNDS) {
            check.withData(
                    round.toString(), tally.last(round).map(RoundTally::outcome).orElse("not made yet"));
        }
        return check.withData("failuresInARow", tally.failuresInARow()).build();
    }
}
