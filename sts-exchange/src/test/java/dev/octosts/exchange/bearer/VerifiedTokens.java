package dev.octosts.exchange.bearer;

import dev.octosts.policy.Claims;
import java.util.List;
import java.util.Map;

/** Tokens as they are once they are verified, for tests of what comes after. */
public final class VerifiedTokens {

    private VerifiedTokens() {}

    public static VerifiedToken of(String issuer, String subject) {
        return new VerifiedToken(new Claims(issuer, subject, List.of(), Map.of("iss", issuer, "sub", subject)), false);
    }
}
