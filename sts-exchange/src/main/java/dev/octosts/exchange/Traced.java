package dev.octosts.exchange;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.Problem;
import dev.octosts.api.trace.Trace;
import java.util.Locale;

/** What a trace says of an exchange: never a token, and of a token no claim. */
final class Traced {

    private Traced() {}

    /** What a caller whose token was verified asks for. */
    static void target(Target target, String scope) {
        if (Trace.isOn()) {
            int slash = scope.indexOf('/');
            Trace.note("octosts.owner", target.account());
            if (slash >= 0) {
                Trace.note("octosts.repository", scope.substring(slash + 1).toLowerCase(Locale.ROOT));
            }
            Trace.note("octosts.identity", target.identity());
        }
    }

    /** How it ended. */
    static void end(ExchangeEvent event) {
        if (!Trace.isOn()) {
            return;
        }
        Trace.note("octosts.operation", lower(event.operation()));
        Trace.note("octosts.outcome", lower(event.outcome()));
        if (event.installationId() > 0) {
            Trace.note("octosts.installation", event.installationId());
        }
        Problem problem = event.problem();
        if (problem != null) {
            Trace.note("octosts.code", lower(problem.code()));
            // The decision itself says which rule of a policy it was.
            event.guardrails().stream()
                    .filter(violation -> !violation.allowed())
                    .findFirst()
                    .ifPresent(violation -> Trace.note("octosts.rule", violation.rule()));
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
