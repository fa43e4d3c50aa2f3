package dev.octosts.probers.probe;

import dev.octosts.probers.CallBudget;
import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.GitHubClient;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.StsClient;
import dev.octosts.probers.TokenRevoker;
import dev.octosts.probers.TokenRevoker.RevocationResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state of a round in progress: its clients, its budget, its results so far, and the tokens to give back. */
final class Run implements AutoCloseable {

    /** An exchange may yield a token, and then its revocation costs another call. */
    private static final int EXCHANGE_AND_REVOCATION = 2;

    private final ProbeTarget target;
    private final Clock clock;
    private final CallBudget budget;
    private final Network network;
    private final StsClient sts;
    private final GitHubClient gitHub;
    private final HeldTokens held;
    private final Map<ProbeCheck, ProbeReport.CheckResult> results = new EnumMap<>(ProbeCheck.class);
    private String missing = "";

    /** One question; the caller judges the answer. */
    @FunctionalInterface
    interface ProbeQuestion {
        CheckOutcome ask() throws InterruptedException;
    }

    /** An exchange that is made as a question. */
    @FunctionalInterface
    interface ProbeExchange {
        ExchangeAnswer make() throws InterruptedException;
    }

    Run(ProbeTarget target, Network whole, CallBudget budget, Clock clock) {
        var once = RetryBudget.once(ProbeTarget.LONGEST_CALL);
        this.target = target;
        this.clock = clock;
        this.budget = budget;
        this.network = whole.within(budget);
        this.sts = new StsClient(target.service(), network, once);
        this.gitHub = new GitHubClient(target.gitHub(), network, once);
        this.held = new HeldTokens(new TokenRevoker(target.gitHub(), network, once));
    }

    ProbeTarget target() {
        return target;
    }

    Clock clock() {
        return clock;
    }

    StsClient sts() {
        return sts;
    }

    GitHubClient gitHub() {
        return gitHub;
    }

    int callsLeft() {
        return budget.left() - held.count();
    }

    void check(ProbeCheck check, ProbeQuestion question) throws InterruptedException {
        long begun = System.nanoTime();
        var outcome = question.ask();
        results.put(check, new ProbeReport.CheckResult(check, outcome, Duration.ofNanos(System.nanoTime() - begun)));
    }

    /** From here on, this is the reason for every check that is not made. */
    void missing(String reason) {
        if (missing.isEmpty()) {
            missing = reason;
        }
    }

    /** Gets the workload's own token; without it no exchange is possible. */
    Optional<IdentityToken> identityToken() throws InterruptedException {
        var obtained = new ArrayList<IdentityToken>();
        check(ProbeCheck.IDENTITY_TOKEN, () -> switch (obtain(target.tokens(), target.audience())) {
            case Result.Obtained(var token) -> {
                obtained.add(token);
                yield new CheckOutcome.Passed();
            }
            case Result.Missing(var reason) -> new CheckOutcome.Failed(reason);
        });
        if (obtained.isEmpty()) {
            missing("there is no identity token");
        }
        return obtained.stream().findFirst();
    }

    Result obtain(ProbeTarget.TokenSupply supply, String audience) throws InterruptedException {
        return supply.over(network).obtain(audience);
    }

    /** Makes an exchange that must be refused with this code; a token is given back at once. */
    CheckOutcome refusal(String codeName, ProbeExchange exchange) throws InterruptedException {
        if (callsLeft() < EXCHANGE_AND_REVOCATION) {
            return new CheckOutcome.Skipped("the calls of this round are used up");
        }
        return switch (exchange.make()) {
            case Token token -> breach(token);
            case ExchangeAnswer.Refused refused when refused.codeName().equals(codeName) -> new CheckOutcome.Passed();
            case ExchangeAnswer.Refused refused -> CheckOutcome.Failed.refused("refused otherwise", refused);
            case ExchangeAnswer.Unreachable(var reason) -> new CheckOutcome.Failed("no answer: " + reason);
        };
    }

    CheckOutcome breach(Token token) throws InterruptedException {
        held.hold(token);
        return switch (held.revoke(token)) {
            case RevocationResult.Revoked _, RevocationResult.AlreadyDead _ ->
                new CheckOutcome.Breached("the service gave a GitHub token; it was given back");
            case RevocationResult.Failed(var reason) ->
                new CheckOutcome.Breached("the service gave a GitHub token, and it could not be given back: " + reason);
        };
    }

    HeldTokens held() {
        return held;
    }

    /** Checks the time of the checks so far: a late answer is a fault even if it was right. */
    void checkSpeed() throws InterruptedException {
        check(
                ProbeCheck.SPEED,
                () -> results.values().stream()
                        .filter(result -> result.check() != ProbeCheck.IDENTITY_TOKEN
                                && result.took().compareTo(target.slow()) > 0)
                        .findFirst()
                        .<CheckOutcome>map(late -> new CheckOutcome.Failed(late.check() + " took "
                                + ReportText.text(late.took()) + ", more than " + ReportText.text(target.slow())))
                        .orElseGet(CheckOutcome.Passed::new));
    }

    /** One result for each check of the round, in its order. */
    List<ProbeReport.CheckResult> results(Round round) {
        var reason = missing.isEmpty() ? "it was not asked" : missing;
        return round.checks().stream()
                .map(check -> results.getOrDefault(
                        check, new ProbeReport.CheckResult(check, new CheckOutcome.Skipped(reason), Duration.ZERO)))
                .toList();
    }

    @Override
    public void close() {
        held.close();
    }

    /** The GitHub tokens that were issued and are still valid; the rest is revoked at the end. */
    static final class HeldTokens implements AutoCloseable {

        private final TokenRevoker revoker;
        private final Set<Token> live = new LinkedHashSet<>();

        HeldTokens(TokenRevoker revoker) {
            this.revoker = revoker;
        }

        void hold(Token token) {
            live.add(token);
        }

        /** The number of calls that give all of them back. */
        int count() {
            return live.size();
        }

        /** Gives one token back. A token that could not be given back is tried again at the end. */
        RevocationResult revoke(Token token) throws InterruptedException {
            var revocation = revoker.revoke(token);
            switch (revocation) {
                case RevocationResult.Revoked _, RevocationResult.AlreadyDead _ -> live.remove(token);
                case RevocationResult.Failed _ -> {} // the token is kept
            }
            return revocation;
        }

        /** Also runs for an interrupted round: tokens are given back before the end. */
        @Override
        public void close() {
            boolean interrupted = Thread.interrupted();
            for (Token token : List.copyOf(live)) {
                try {
                    revoke(token);
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
