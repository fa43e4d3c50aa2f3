package dev.octosts.exchange;

import dev.octosts.api.trace.Trace;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRules;
import dev.octosts.exchange.spi.DenySource;
import dev.octosts.policy.Claims;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Refuses callers whom the operator stops. When nobody knows which rules there are, nobody gets a token.
 *
 * @param source the rules
 * @param clock decides whether a rule has ended
 */
record StopRules(DenySource source, Clock clock) {

    /** Refuses a caller that a rule stops. */
    void check(Claims claims, Target target) throws RefusedException {
        DenyRules rules = source.current();
        if (rules.areNone()) {
            if (!rules.areKnown()) {
                throw Refusal.STOP_RULES_UNKNOWN.exception();
            }
            return;
        }
        List<String> repository = target.asked();
        var request = new DenyRule.CheckedRequest(
                new DenyRule.DeniedTarget(
                        target.account(),
                        repository.isEmpty() ? "" : repository.getFirst().toLowerCase(Locale.ROOT),
                        target.identity()),
                claims.issuer(),
                claims.subject(),
                claims.all()::get);
        Optional<DenyRule> stopping = rules.find(request, clock.instant());
        if (stopping.isPresent()) {
            source.stopped(stopping.get());
            Trace.note("octosts.rule", "deny rule " + stopping.get().id());
            throw Refusal.stopped(stopping.get().id(), stopping.get().reason());
        }
    }
}
