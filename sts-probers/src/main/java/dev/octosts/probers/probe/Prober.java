package dev.octosts.probers.probe;

import dev.octosts.probers.CallBudget;
import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.Network;
import java.time.Clock;
import java.time.Duration;

/** Makes rounds of checks. Each round starts without any state, uses its own tokens, and gives all of them back. */
public final class Prober {

    /** The maximum number of HTTP calls of a round, whatever happens. */
    public static final int MOST_CALLS = 12;

    private final ProbeTarget target;
    private final Network network;
    private final Clock clock;
    private final NegativeRound.AgedToken aged = new NegativeRound.AgedToken();

    public Prober(ProbeTarget target, Network network, Clock clock) {
        this.target = target;
        this.network = network;
        this.clock = clock;
    }

    /**
     * Makes one round. Faults are in the report. An interrupted round gives its tokens back before it ends.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    public ProbeReport probe(Round round) throws InterruptedException {
        var begun = clock.instant();
        long start = System.nanoTime();
        var budget = new CallBudget(MOST_CALLS);
        var run = new Run(target, network, budget, clock);
        try (run) {
            switch (round) {
                case POSITIVE -> new PositiveRound(run).make();
                case NEGATIVE -> new NegativeRound(run, aged).make();
                case STRANGER -> stranger(run);
            }
        }
        var took = Duration.ofNanos(System.nanoTime() - start);
        return new ProbeReport(round, begun, took, budget.made(), run.results(round));
    }

    private void stranger(Run run) throws InterruptedException {
        var identity = run.identityToken();
        if (identity.isPresent()) {
            run.check(ProbeCheck.STRANGER, () -> switch (run.sts()
                    .exchange(identity.get(), target.scope(), target.identity())) {
                case ExchangeAnswer.Token token -> run.breach(token);
                case ExchangeAnswer.Refused _, ExchangeAnswer.Unreachable _ -> new CheckOutcome.Passed();
            });
        }
    }
}
