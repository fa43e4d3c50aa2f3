package dev.octosts.exchange;

import dev.octosts.exchange.bearer.TokenVerifier;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What an operator can see of the exchange's memory. It is made of beans that are there anyway. */
public final class ExchangeState {

    private final TokenVerifier verifier;

    private ExchangeState(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    /** The state of the exchange of the container that runs. */
    public static ExchangeState ofThisProgram() {
        return new ExchangeState(CDI.current().select(TokenVerifier.class).get());
    }

    /**
     * An issuer whose keys are in memory.
     *
     * @param keys how many of them can verify signatures
     * @param keysSeenAt when they were last fetched
     * @param failing whether the last call of the issuer brought nothing
     * @param proven whether a policy has accepted a token of it lately, or the operator names it
     */
    public record IssuerState(String issuer, int keys, Instant keysSeenAt, boolean failing, boolean proven) {}

    /**
     * The issuers whose keys are in memory, in the order of their names.
     *
     * @param most how many at most
     */
    public List<IssuerState> issuers(int most) {
        return verifier.issuers(most).stream()
                .map(state -> new IssuerState(
                        state.issuer(), state.keys(), state.keysSeenAt(), state.failing(), state.proven()))
                .toList();
    }

    /** Forgets the keys of an issuer: the next token of it waits until they are fetched again. */
    public void forgetKeys(String issuer) {
        verifier.forget(Set.of(issuer));
    }
}
