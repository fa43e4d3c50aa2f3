package dev.octosts.app.usage;

import dev.octosts.exchange.spi.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks for what one token, or the tokens of one policy, were used for. Every answer is bounded. */
public interface UsageSearch {

    /**
     * What a token did.
     *
     * @param events the oldest first
     * @param whole whether these are all
     * @param run the workflow run that got it; empty when that is not known
     * @param ended when that run ended
     * @param windows the known times of the account
     */
    record OfToken(
            List<UsageEvent> events,
            boolean whole,
            String run,
            Optional<Instant> ended,
            List<UsageStore.Window> windows) {

        public OfToken {
            events = List.copyOf(events);
            windows = List.copyOf(windows);
        }
    }

    /**
     * What a token did.
     *
     * @param sha256 of the token
     * @param owner the account that it is of
     */
    OfToken token(String sha256, String owner) throws StoreException;

    /**
     * What a report on one policy is made of.
     *
     * @param path owner, repository and path
     */
    UsageReading policy(String path);
}
