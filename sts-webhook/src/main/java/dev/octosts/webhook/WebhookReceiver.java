package dev.octosts.webhook;

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
import dev.octosts.webhook.review.Plan;
import dev.octosts.webhook.review.Plans;
import dev.octosts.webhook.review.Reviewer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    private final Plans plans;
    private final Desk desk;
    private final ChangeEvents notices;

    /** A receiver. */
    WebhookReceiver(WebhookSettings settings, Plans plans, Desk desk, ChangeEvents notices) {
        this.settings = settings;
        this.signatures = new Signatures(settings.secrets());
        this.plans = plans;
        this.desk = desk;
        this.notices = notices;
    }

    /**
     * The parts that do reviews.
     *
     * @param apps the Apps that reviews are done as
     * @param reviewer does them
     * @param work limits how many run at a time
     * @param seen the deliveries that were done already
     * @param patience how long GitHub is kept waiting for one
     */
    record Desk(
            AppPools apps,
            Reviewer reviewer,
            BoundedExecutor work,
            SeenDeliveries<Reviewer.Outcome> seen,
            Duration patience) {}

    @Override
    public DeliveryResult receive(Delivery delivery) {
        long begin = System.nanoTime();
        Handled handled = handle(delivery, begin);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        String name = Events.knows(delivery.event()) ? delivery.event() : "other";
        notices.handled(new DeliveryHandled(name, handled.outcome(), took));
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
            case Event.InRepository here -> here.place().owner();
            case Event.Elsewhere elsewhere -> elsewhere.owner();
        };
        if (!settings.serves(owner)) {
            return Handled.done("the organization is not among those that are served");
        }
        notices.tell(event);
        return switch (event) {
            case Event.Elsewhere _ -> new Handled(new DeliveryResult.Accepted("the caches know"), Outcome.DONE);
            case Event.InRepository here ->
                switch (plans.of(here)) {
                    case Plan.Nothing(var message) -> Handled.done(message);
                    case Plan.Ignored(var message) ->
                        new Handled(new DeliveryResult.Accepted(message), Outcome.IGNORED);
                    case Plan.Review review -> review(delivery, here, review, begin);
                };
        };
    }

    private Handled review(Delivery delivery, Event.InRepository event, Plan.Review review, long begin) {
        if (event.place().installation() == 0) {
            return Handled.refused("the payload names no installation: only webhooks of a GitHub App are served");
        }
        Optional<GitHubApp> app = app(delivery, event);
        if (app.isEmpty()) {
            return Handled.failed(
                    ProblemCode.NOT_FOUND, "no GitHub App is configured for this organization", Outcome.REFUSED);
        }
        Supplier<CompletableFuture<Reviewer.Outcome>> work =
                () -> desk.work().begin(() -> desk.reviewer().review(app.get(), review.task()));
        // The id is not signed. A body that comes with the id of another delivery counts as a delivery of its own.
        String key = delivery.id() + " " + delivery.signature();
        if (!delivery.id().isEmpty() && desk.seen().isDone(key)) {
            return new Handled(new DeliveryResult.Done("it was delivered before, and is done"), Outcome.REPEATED);
        }
        CompletableFuture<Reviewer.Outcome> result;
        try {
            result = delivery.id().isEmpty() ? work.get() : desk.seen().begin(key, work);
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
        return desk.apps().apps().stream()
                .filter(app -> app.id() == delivery.appId())
                .findFirst()
                .or(() -> desk.apps().first(event.place().owner().toLowerCase(Locale.ROOT)));
    }

    private Handled await(CompletableFuture<Reviewer.Outcome> result, long begin) {
        try {
            long left = desk.patience().toNanos() - (System.nanoTime() - begin);
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
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return new Handled(new DeliveryResult.Accepted("the work goes on"), Outcome.BACKGROUND);
        }
    }
}
