package dev.octosts.operators.access;

import dev.octosts.exchange.OperatorProvider;
import dev.octosts.exchange.OperatorProvider.OperatorCheck;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies the tokens that programs send with each request. */
public final class MachineTokens {

    private static final Logger LOG = LoggerFactory.getLogger(MachineTokens.class);

    private final OperatorProvider provider;
    private final Optional<String> audience;
    private final Roles roles;

    /**
     * Over a provider.
     *
     * @param audience that of this API; empty when programs have no access
     */
    public MachineTokens(OperatorProvider provider, Optional<String> audience, Roles roles) {
        this.provider = provider;
        this.audience = audience;
        this.roles = roles;
    }

    /** What a token proves. */
    public sealed interface Proof {

        /** Who it is. */
        record Proven(Operator operator) implements Proof {}

        /** It proves nothing. */
        record Nobody() implements Proof {}

        /** It is genuine, and its holder has no role. */
        record NoRole() implements Proof {}

        /** Nobody can tell at the moment. */
        record Unknown() implements Proof {}
    }

    /** Checks a token. */
    public Proof check(String token) {
        if (audience.isEmpty()) {
            return new Proof.Nobody();
        }
        return switch (provider.check(token)) {
            case OperatorCheck.Valid(var claims, var _) -> {
                if (!claims.audiences().contains(audience.get())) {
                    // A token for a browser's login, or for another service, is none for this one.
                    LOG.debug("an operator's token is for another audience");
                    yield new Proof.Nobody();
                }
                yield roles.of(claims).<Proof>map(Proof.Proven::new).orElseGet(Proof.NoRole::new);
            }
            case OperatorCheck.Refused(var why) -> {
                LOG.debug("an operator's token is refused: {}", why);
                yield new Proof.Nobody();
            }
            case OperatorCheck.Unavailable(var why) -> {
                LOG.warn("an operator's token cannot be checked: {}", why);
                yield new Proof.Unknown();
            }
        };
    }
}
