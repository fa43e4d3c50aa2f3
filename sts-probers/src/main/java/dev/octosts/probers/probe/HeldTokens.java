package dev.octosts.probers.probe;

import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.Revocation;
import dev.octosts.probers.TokenRevoker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The GitHub tokens that were issued and are still valid; the rest is revoked at the end. */
final class HeldTokens implements AutoCloseable {

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
    Revocation revoke(Token token) throws InterruptedException {
        var revocation = revoker.revoke(token);
        switch (revocation) {
            case Revocation.Revoked _, Revocation.AlreadyDead _ -> live.remove(token);
            case Revocation.Failed _ -> {} // the token is kept
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
