package dev.octosts.app.audit;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.ExchangeEvent.Evidence;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.RequestedGrant;
import dev.octosts.api.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exchanges as tests put them on record. */
final class TestExchanges {

    private TestExchanges() {}

    static ExchangeEvent granted(String request) {
        return event(request, new Actor("https://issuer.example", "me", List.of()), "ab".repeat(32), null);
    }

    static ExchangeEvent granted(String subject, InstallationToken token) {
        return event("", new Actor("https://issuer.example", subject, List.of()), Sha256.hex(token.value()), null);
    }

    static ExchangeEvent refused(String request) {
        return event(
                request,
                new Actor("https://issuer.example", "me", List.of()),
                "",
                new Problem(ProblemCode.PERMISSION_DENIED, "no"));
    }

    static ExchangeEvent unverified() {
        return event("x", Actor.UNKNOWN, "", new Problem(ProblemCode.UNAUTHENTICATED, "no"));
    }

    static ExchangeEvent event(String request, Actor actor, String sha256, @Nullable Problem problem) {
        return new ExchangeEvent(
                Operation.EXCHANGE,
                actor,
                Map.of(),
                7,
                "octo-org/octo-repo",
                "ci",
                RequestedGrant.EVERYTHING,
                "agent",
                request,
                sha256,
                problem,
                null,
                List.of(),
                TestRecords.TIME,
                Duration.ofMillis(1),
                Evidence.NONE);
    }
}
