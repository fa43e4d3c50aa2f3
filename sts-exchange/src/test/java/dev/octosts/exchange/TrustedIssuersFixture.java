package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ExchangeFixture.TRUSTED_ISSUERS;
import static dev.octosts.sandbox.github.Calls.kind;

import dev.octosts.api.Problem;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import java.time.Duration;
import java.util.function.Predicate;

/** What the organization's list of trusted issuers leads to, and what its tests share. */
final class TrustedIssuersFixture {

    static final Problem DENIED = new Problem(PERMISSION_DENIED, "issuer not permitted by organization policy");
    static final Problem INVALID =
            new Problem(FAILED_PRECONDITION, "organization trusted-issuer configuration is invalid");
    static final Problem UNKNOWN = new Problem(UNAVAILABLE, "organization trusted-issuer lookup unavailable");

    static final Predicate<Call> LIST = Calls.file(TRUSTED_ISSUERS);
    static final Predicate<Call> LOOK_UP = kind(CallKind.FIND_INSTALLATION);
    static final Duration FRESH = Duration.ofMinutes(5);
    static final String OTHERS = "issuers: [https://other.example]\n";

    private TrustedIssuersFixture() {}

    static String issuer(ExchangeFixture world) {
        return world.issuer().url();
    }
}
