package dev.octosts.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.Delivery;
import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.DeliveryHandled.Outcome;
import dev.octosts.api.DeliveryReceiver;
import dev.octosts.api.DeliveryResult;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.budget.Turns;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.webhook.payload.Content;
import dev.octosts.webhook.payload.Event;
import dev.octosts.webhook.payload.Events;
import dev.octosts.webhook.payload.MalformedPayloadException;
import dev.octosts.webhook.review.ReviewPlanner;
import dev.octosts.webhook.review.ReviewPlanner.Plan;
import dev.octosts.webhook.review.Reviewer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives deliveries: it handles signature, content, caches, work and answer, in this order. */
final class WebhookReceiver implements DeliveryReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

    private final WebhookSettings settings;
    private final Signatures signatures;
    private final ReviewPlanner planner;
    private final Reviewer reviewer;
    private final AppPools apps;
    private final BoundedExecutor executor;
    private final Duration patience;
    private final ChangeEvents changeEvents;
    private final SeenDeliveries seen = new SeenDeliveries();

    /**
     * A receiver.
     *
     * @param planner decides which reviews are done
     * @param reviewer does them
     * @param apps the Apps that they are done as
     * @param executor limits how many run at a time
     * @param patience how long GitHub is kept waiting for one
     * @param changeEvents notifies other parts of the program
     */
    WebhookReceiver(
            WebhookSettings settings,
            ReviewPlanner planner,
            Reviewer reviewer,
            AppPools apps,
            BoundedExecutor executor,
            Duration patience,
            ChangeEvents changeEvents) {
        this.settings = settings;
        this.signatures = new Signatures(settings.secrets());
        this.planner = planner;
        this.reviewer = reviewer;
        this.apps = apps;
        this.executor = executor;
        this.patience = patience;
        this.changeEvents = changeEvents;
    }

    @Override
    public DeliveryResult receive(Delivery delivery) {
        long begin = System.nanoTime();
        Handled handled = handle(delivery, begin);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        String name = Events.knows(delivery.event()) ? delivery.event() : "other";
        changeEvents.handled(new DeliveryHandled(name, handled.outcome(), took));
        return handled.receipt();
    }

    /** The result of a delivery, for GitHub and for the metrics. */
    private record Handled(DeliveryResult receipt, Outcome outcome) {

        static Handled done(String message) {
            return new Handled(new DeliveryResult.Done(message), Outcome.DONE);
        }

        static Handled refused(String message) {
            return new Handled(
                    new DeliveryResult.Refused(new Problem(ProblemCode.INVALID_ARGUMENT, message)), Outcome.REFUSED);
        }

        static Handled failed(ProblemCode code, String message, Outcome outcome) {
            return new Handled(new DeliveryResult.Refused(new Problem(code, message)), outcome);
        }
    }

    private Handled handle(Delivery delivery, long begin) {
        if (!signatures.vouchFor(delivery.body(), delivery.signature())) {
            return Handled.refused("no matching secrets");
        }
        if (delivery.event().isEmpty()) {
            return Handled.refused("missing X-GitHub-Event header");
        }
        try {
            var json = Content.json(delivery.contentType(), delivery.body().stream());
            if (delivery.body().size() == 0) {
                return Handled.refused("empty body");
            }
            if (!Events.knows(delivery.event())) {
                return new Handled(new DeliveryResult.Accepted("nothing is done about such events"), Outcome.IGNORED);
            }
            return handle(delivery, Events.read(delivery.event(), json), begin);
        } catch (MalformedPayloadException malformed) {
            return Handled.refused(String.valueOf(malformed.getMessage()));
        }
    }

    private Handled handle(Delivery delivery, Event event, long begin) {
        String owner = switch (event) {
            case Event.InRepository here -> here.repository().owner();
            case Event.Elsewhere elsewhere -> elsewhere.owner();
        };
        if (!settings.serves(owner)) {
            return Handled.done("the organization is not among those that are served");
        }
        changeEvents.changed(event);
        return switch (event) {
            case Event.Elsewhere _ -> new Handled(new DeliveryResult.Accepted("the caches know"), Outcome.DONE);
            case Event.InRepository here ->
                switch (planner.of(here)) {
                    case Plan.Nothing(var message) -> Handled.done(message);
                    case Plan.Ignored(var message) ->
                        new Handled(new DeliveryResult.Accepted(message), Outcome.IGNORED);
                    case Plan.Review review -> review(delivery, here, review, begin);
                };
        };
    }

    private Handled review(Delivery delivery, Event.InRepository event, Plan.Review review, long begin) {
        if (event.repository().installation() == 0) {
            return Handled.refused("the payload names no installation: only webhooks of a GitHub App are served");
        }
        Optional<GitHubApp> app = app(delivery, event);
        if (app.isEmpty()) {
            return Handled.failed(
                    ProblemCode.NOT_FOUND, "no GitHub App is configured for this organization", Outcome.REFUSED);
        }
        Supplier<CompletableFuture<Reviewer.Outcome>> work =
                () -> executor.begin(() -> reviewer.review(app.get(), review.request()));
        // The id is not signed. A body that comes with the id of another delivery counts as a delivery of its own.
        String key = delivery.id() + " " + delivery.signature();
        if (!delivery.id().isEmpty() && seen.isDone(key)) {
            return new Handled(new DeliveryResult.Done("it was delivered before, and is done"), Outcome.REPEATED);
        }
        CompletableFuture<Reviewer.Outcome> result;
        try {
            result = delivery.id().isEmpty() ? work.get() : seen.begin(key, work);
        } catch (BoundedExecutor.FullException full) {
            return Handled.failed(
                    ProblemCode.UNAVAILABLE,
                    "too many deliveries at a time; deliver it again later",
                    Outcome.OVERLOADED);
        }
        return await(result, begin);
    }

    /** The App that the delivery names, or else the first App that serves the owner. */
    private Optional<GitHubApp> app(Delivery delivery, Event.InRepository event) {
        return apps.apps().stream()
                .filter(app -> app.id() == delivery.appId())
                .findFirst()
                .or(() -> apps.first(event.repository().owner().toLowerCase(Locale.ROOT)));
    }

    private Handled await(CompletableFuture<Reviewer.Outcome> result, long begin) {
        try {
            long left = patience.toNanos() - (System.nanoTime() - begin);
            Turns.giveWay();
            return switch (result.get(Math.max(0, left), TimeUnit.NANOSECONDS)) {
                case DONE -> Handled.done("done");
                // A delivery with an error would be delivered again, and that would be one more request.
                case LIMITED ->
                    new Handled(new DeliveryResult.Done("GitHub limits requests: no result"), Outcome.LIMITED);
                case FAILED ->
                    Handled.failed(ProblemCode.INTERNAL, "GitHub failed; deliver it again later", Outcome.FAILED);
            };
        } catch (TimeoutException late) {
            return new Handled(new DeliveryResult.Accepted("the work goes on"), Outcome.BACKGROUND);
        } catch (ExecutionException fault) {
            LOG.error("a delivery failed by a fault of this service", fault.getCause());
            return Handled.failed(ProblemCode.INTERNAL, "internal error", Outcome.FAILED);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return new Handled(new DeliveryResult.Accepted("the work goes on"), Outcome.BACKGROUND);
        }
    }

    /**
     * Remembers deliveries, so that a delivery that comes twice is worked on once. A failed delivery is forgotten: it
     * is meant to be delivered again.
     */
    private static final class SeenDeliveries {

        private static final int MOST = 10_000;

        /** The time for which GitHub can deliver again. */
        private static final Duration REMEMBERED = Duration.ofDays(3);

        private final ConcurrentHashMap<String, CompletableFuture<Reviewer.Outcome>> underWay =
                new ConcurrentHashMap<>();
        private final Cache<String, Boolean> done = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(REMEMBERED)
                .build();

        /** Whether the work is done for good. */
        boolean isDone(String key) {
            return done.getIfPresent(key) != null;
        }

        /** Begins the work, or joins the work that is under way. */
        CompletableFuture<Reviewer.Outcome> begin(String key, Supplier<CompletableFuture<Reviewer.Outcome>> work) {
            return underWay.computeIfAbsent(key, missing -> {
                CompletableFuture<Reviewer.Outcome> begun = work.get();
                // On another thread: this very entry is being made.
                var _ = begun.whenCompleteAsync(
                        (result, fault) -> {
                            if (fault == null && result == Reviewer.Outcome.DONE) {
                                done.put(key, true);
                            }
                            underWay.remove(key);
                        },
                        task -> Thread.ofVirtual().start(task));
                return begun;
            });
        }
    }
}
