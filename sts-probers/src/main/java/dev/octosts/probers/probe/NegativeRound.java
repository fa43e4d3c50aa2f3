package dev.octosts.probers.probe;

import dev.octosts.api.ProblemCode;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.IdentityTokenSource.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The checks of a forger, a thief and a stranger: each of them must be refused for the right reason. */
final class NegativeRound {

    /** A reserved name, which belongs to no service. */
    private static final String SOMEBODY_ELSE = "somebody-else.invalid";

    private static final String UNAUTHENTICATED = ProblemCode.UNAUTHENTICATED.grpcName();
    private static final String DENIED = ProblemCode.PERMISSION_DENIED.grpcName();

    private final Run run;
    private final ProbeTarget target;
    private final AgedToken aged;

    NegativeRound(Run run, AgedToken aged) {
        this.run = run;
        this.target = run.target();
        this.aged = aged;
    }

    void make() throws InterruptedException {
        run.check(
                ProbeCheck.NO_TOKEN,
                () -> run.refusal(
                        UNAUTHENTICATED, () -> run.sts().exchangeWithoutToken(target.scope(), target.identity())));
        var identity = run.identityToken();
        if (identity.isPresent()) {
            var token = identity.get();
            aged.offer(token, run.clock().instant());
            run.check(
                    ProbeCheck.TAMPERED_SIGNATURE,
                    () -> forged(Forgery.of(token).map(Forgery::tampered)));
            run.check(ProbeCheck.ALG_NONE, () -> forged(Forgery.of(token).map(Forgery::unsigned)));
            run.check(ProbeCheck.EXPIRED_TOKEN, this::expired);
            run.check(ProbeCheck.WRONG_AUDIENCE, () -> wrongAudience(token));
            run.check(ProbeCheck.OTHER_IDENTITY, () -> otherIdentity(token));
        }
        run.checkSpeed();
    }

    private CheckOutcome forged(Optional<IdentityToken> forgery) throws InterruptedException {
        return forgery.isPresent()
                ? refused(UNAUTHENTICATED, forgery.get(), target.identity())
                : new CheckOutcome.Skipped("the identity token is no signed JWT");
    }

    private CheckOutcome expired() throws InterruptedException {
        var supply = target.others().expired();
        if (supply.isEmpty()) {
            var token = aged.expired(run.clock().instant());
            return token.isPresent()
                    ? refused(UNAUTHENTICATED, token.get(), target.identity())
                    : new CheckOutcome.Skipped("no token has expired yet; give one, or let the prober run on");
        }
        return switch (run.obtain(supply.get(), target.audience())) {
            case Result.Missing(var reason) -> new CheckOutcome.Failed("no expired token: " + reason);
            case Result.Obtained(var token) ->
                Forgery.of(token)
                                .flatMap(Forgery::expiry)
                                .filter(expiry -> expiry.isBefore(run.clock().instant()))
                                .isPresent()
                        ? refused(UNAUTHENTICATED, token, target.identity())
                        : new CheckOutcome.Failed("the token that was given as expired has not expired");
        };
    }

    /** A source that cannot choose an audience gives the same token again, and that token proves nothing. */
    private CheckOutcome wrongAudience(IdentityToken right) throws InterruptedException {
        var supply = target.others().wrongAudience().orElse(target.tokens());
        return switch (run.obtain(supply, SOMEBODY_ELSE)) {
            case Result.Missing(var reason) -> new CheckOutcome.Skipped("no token for another audience: " + reason);
            case Result.Obtained(var token) ->
                audience(token).isPresent() && !audience(token).equals(audience(right))
                        ? refused(DENIED, token, target.identity())
                        : new CheckOutcome.Skipped("the source gives no token for another audience");
        };
    }

    private static Optional<String> audience(IdentityToken token) {
        return Forgery.of(token).flatMap(Forgery::audience).map(Object::toString);
    }

    private CheckOutcome otherIdentity(IdentityToken token) throws InterruptedException {
        var other = target.others().identity();
        return other.isPresent()
                ? refused(DENIED, token, other.get())
                : new CheckOutcome.Skipped("no policy for somebody else is named");
    }

    private CheckOutcome refused(String code, IdentityToken token, String identity) throws InterruptedException {
        return run.refusal(code, () -> run.sts().exchange(token, target.scope(), identity));
    }

    /** A token that is kept until it has expired, because there is no way to get an expired token but to wait. */
    static final class AgedToken {

        /** A margin, because clocks differ. */
        private static final Duration LEEWAY = Duration.ofMinutes(2);

        /** An old token tests less: its key may be gone by then. */
        private static final Duration USEFUL = Duration.ofHours(6);

        private record Kept(IdentityToken token, Instant expiry) {}

        private Optional<Kept> kept = Optional.empty();

        AgedToken() {}

        /** Keeps the token, unless the kept one is still of use. */
        synchronized void offer(IdentityToken token, Instant now) {
            if (kept.isPresent() && kept.get().expiry().plus(USEFUL).isAfter(now)) {
                return;
            }
            kept = Forgery.of(token)
                    .flatMap(Forgery::expiry)
                    .filter(now::isBefore)
                    .map(expiry -> new Kept(token, expiry))
                    .or(() -> kept);
        }

        /** The kept token, if it has expired. */
        synchronized Optional<IdentityToken> expired(Instant now) {
            return kept.filter(one -> one.expiry().plus(LEEWAY).isBefore(now)).map(Kept::token);
        }
    }
}
