package dev.octosts.probers.probe;

import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.Revocation;
import dev.octosts.probers.TokenRevoker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The GitHub tokens that were handed out and still live; what remains at the end is revoked then. */
final class HeldTokens implements AutoCloseable {

    private final TokenRevoker revoker;
    private final Set<Token> live = new LinkedHashSet<>();

    HeldTokens(TokenRevoker revoker) {
        this.revoker = revoker;
    }

    void hold(Token token) {
        live.add(token);
    }

    /** How many calls it takes to give all of them back. */
    int count() {
        return live.size();
    }

    /** Gives one back. One that could not be is tried again at the end. */
    Revocation revoke(Token token) throws InterruptedException {
        var revocation = revoker.revoke(token);
        switch (revocation) {
            case Revocation.Revoked _, Revocation.AlreadyDead _ -> live.remove(token);
            case Revocation.Failed _ -> {} // stays
        }
        return revocation;
    }

    /** Also for a round that was interrupted: giving back comes before ending. */
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
