package dev.octosts.app.operators;

import dev.octosts.api.AuditNote;
import dev.octosts.api.DeliveryTurnedAway;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.app.audit.Journal;
import dev.octosts.app.audit.TokenRecall;
import dev.octosts.app.audit.TokenSafe;
import dev.octosts.app.database.Database;
import dev.octosts.app.database.OperatorStores;
import dev.octosts.app.deny.DenyGuard;
import dev.octosts.app.settings.AuditSettings;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.usage.EventCollector;
import dev.octosts.app.usage.GzipAsSent;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.exchange.ExchangeState;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHub;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.OperatorsServer;
import dev.octosts.operators.OperatorsSettings;
import dev.octosts.operators.Traffic;
import dev.octosts.operators.spi.DenyDesk;
import dev.octosts.operators.spi.RecallDesk;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the operators' listener after the server, and stops it first. It has no annotation that makes it a bean: the
 * program adds it where a port is set, and nowhere else.
 */
@Singleton
public class OperatorsListener {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorsListener.class);

    /** Behind the server, which is the last of Helidon's. */
    private static final int LAST = Interceptor.Priority.PLATFORM_AFTER + 5_000;

    private final Settings settings;
    private final Traffic traffic;
    private final OperatorPorts ports;
    private @Nullable OperatorsServer server;

    @Inject
    OperatorsListener(
            Settings settings,
            Database database,
            Journal journal,
            DenyGuard denyRules,
            AppPools apps,
            GitHub gitHub,
            MetricRegistry metrics,
            Event<AuditNote> notes,
            Event<DeliveryTurnedAway> refreshes) {
        this.settings = settings;
        this.traffic = new Traffic(
                Clock.systemUTC(),
                settings.operators().map(OperatorsSettings::limits).orElseGet(Set::of));
        boolean hasRecords = settings.audit().mode() != AuditSettings.AuditMode.OFF;
        OperatorStores.Searches searches = OperatorStores.searches(database);
        this.ports = new OperatorPorts(
                hasRecords ? searches.audit() : new NoAudit(),
                deny(database, denyRules),
                hasRecords
                        ? new StoredUsage(
                                searches.usage(), new LivePolicies(gitHub, apps, Clock.systemUTC()), Clock.systemUTC())
                        : new StoredUsage.NoUsage(),
                recall(settings, database, gitHub),
                new ProcessView(
                        settings,
                        apps,
                        ExchangeState.ofThisProgram(),
                        new ProcessView.Followed(journal, denyRules, metrics),
                        () -> refreshes.fire(new DeliveryTurnedAway())),
                traffic,
                notes::fire,
                Clock.systemUTC(),
                settings.operators()
                        .flatMap(OperatorsSettings::streamToken)
                        .map(token -> stream(
                                OperatorStores.usage(database, settings.audit().usageRetention()), token)));
    }

    private static OperatorPorts.Stream stream(UsageStore usage, Supplier<Optional<String>> token) {
        return new OperatorPorts.Stream(
                new EventCollector(usage, () -> token.get().orElse("").getBytes(StandardCharsets.UTF_8)),
                GzipAsSent.context(),
                EventCollector.LARGEST);
    }

    private static RecallDesk recall(Settings settings, Database database, GitHub gitHub) {
        return settings.audit()
                .sealing()
                .<RecallDesk>map(key -> {
                    TokenSafe safe = OperatorStores.tokens(database, key);
                    return new StoredRecall(safe, new TokenRecall(safe, key, gitHub.tokens()), Clock.systemUTC());
                })
                .orElseGet(StoredRecall.NoRecall::new);
    }

    private static DenyDesk deny(Database database, DenyGuard rules) {
        return database.isConfigured()
                ? new StoredDenyRules(OperatorStores.denyRules(database), rules)
                : new StoredDenyRules.NoDenyRules();
    }

    void start(@Observes @Initialized(ApplicationScoped.class) @Priority(LAST) Object event) {
        var wanted = settings.operators().orElseThrow();
        server = OperatorsServer.start(wanted, ports, settings.exchange().egress());
        LOG.atInfo()
                .addKeyValue("port", wanted.port())
                .addKeyValue("issuer", wanted.issuer())
                .log("serving operators");
    }

    void count(@Observes ExchangeEvent event) {
        traffic.count(event);
    }

    void stop(
            @Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(Interceptor.Priority.PLATFORM_BEFORE)
                    Object event) {
        var running = server;
        if (running != null) {
            running.close();
        }
    }
}
