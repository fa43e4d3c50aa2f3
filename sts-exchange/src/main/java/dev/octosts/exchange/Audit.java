package dev.octosts.exchange;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.TurnedAway;
import dev.octosts.api.trace.Trace;
import dev.octosts.exchange.spi.AuditRecorder;
import dev.octosts.exchange.spi.StoreException;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that every request leaves exactly one audit event, however it ends.
 *
 * @param clock dates the events
 * @param events takes every event; returns at once
 * @param turnedAway counts callers that are sent away for the moment; returns at once
 * @param recorder keeps the records of exchanges, where the operator wants that
 */
record Audit(Clock clock, Consumer<ExchangeEvent> events, Consumer<TurnedAway> turnedAway, AuditRecorder recorder) {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    /** The steps of a request. */
    @FunctionalInterface
    interface AuditedSteps<R> {

        R take(AuditTrail trail) throws RefusedException;
    }

    /**
     * Takes the steps.
     *
     * @param refusal makes the answer when they end in a problem
     */
    <R> R audited(Operation operation, ExchangeRequest request, AuditedSteps<R> steps, Function<Problem, R> refusal) {
        var trail = new AuditTrail(operation, request, clock.instant(), recorder.isOn());
        R result;
        try {
            result = steps.take(trail);
        } catch (RefusedException refused) {
            refused.turnedAway().ifPresent(turnedAway);
            trail.refused(refused.reason());
            result = refusal.apply(refused.answer());
        } catch (RuntimeException fault) {
            // Whatever goes wrong, no token is granted and the audit event is written.
            LOG.error("an exchange failed by a fault of this service", fault);
            Problem problem = Refusal.FAULT.problem();
            trail.refused(problem);
            result = refusal.apply(problem);
        }
        ExchangeEvent event = trail.end();
        Traced.end(event);
        if (operation == Operation.EXCHANGE && recorder.isOn() && !trail.isKept()) {
            recorder.note(event);
        }
        events.accept(event);
        return result;
    }

    /** Refuses before the mint when the record of a token could not be kept. */
    void checkStore() throws RefusedException {
        if (!recorder.isReady()) {
            throw Refusal.NOT_RECORDED.exception();
        }
    }

    /** Keeps the record of a token that is about to be handed out, and the token itself where that is wanted. */
    void keep(AuditTrail trail, InstallationToken token) throws RefusedException {
        if (!recorder.isOn()) {
            return;
        }
        ExchangeEvent event = trail.end();
        try (var _ = Trace.begin("record")) {
            recorder.hold(event, token);
            recorder.keep(event);
        } catch (StoreException lost) {
            throw Refusal.NOT_RECORDED.exception();
        }
        trail.kept(event);
    }
}
