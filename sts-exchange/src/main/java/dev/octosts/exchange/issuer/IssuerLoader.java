package dev.octosts.exchange.issuer;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.issuer.KeyLookup.Available;
import dev.octosts.exchange.issuer.KeyLookup.Busy;
import dev.octosts.exchange.issuer.KeyLookup.Unavailable;
import dev.octosts.exchange.jose.KeySet;
import dev.octosts.exchange.jose.MalformedException;
import dev.octosts.policy.text.SafeText;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads an issuer's discovery document and key set, within the time limit of a load. */
public final class IssuerLoader {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerLoader.class);
    static final Duration LOAD_TIME = Duration.ofSeconds(5);

    private final IssuerDocuments documents;
    private final Reputation reputation;
    private final WorkQueue work;
    private final Clock clock;

    /** @param work reads the documents: the issuer chooses how many keys there are, and so the processor time */
    public IssuerLoader(IssuerDocuments documents, Reputation reputation, WorkQueue work, Clock clock) {
        this.documents = documents;
        this.reputation = reputation;
        this.work = work;
        this.clock = clock;
    }

    /** Discovery and keys. */
    KeyLookup load(String issuer) {
        Deadline deadline = Deadline.in(LOAD_TIME);
        return switch (discover(issuer, deadline)) {
            case Discovery.Found found -> load(found, deadline);
            case Discovery.Failed failed -> new Unavailable(KeyLookup.Missing.METADATA, failed.detail());
            case Discovery.Postponed postponed -> new Busy(postponed.retryAfter());
        };
    }

    /** The keys again; discovery only when they are no longer where they were. */
    KeyLookup rotate(IssuerKeys known) {
        Deadline deadline = Deadline.in(LOAD_TIME);
        try {
            KeySet keys = keys(known.provider(), deadline);
            return new Available(known.rotated(keys, clock.instant()));
        } catch (BusyException busy) {
            return new Busy(busy.retryAfter());
        } catch (IssuerException | MalformedException e) {
            return discover(known.issuer(), deadline) instanceof Discovery.Found found
                            && !found.provider()
                                    .keysAddress()
                                    .equals(known.provider().keysAddress())
                    ? moved(load(found, deadline), known)
                    : unverifiable(known.provider(), e);
        }
    }

    private static KeyLookup moved(KeyLookup found, IssuerKeys known) {
        return found instanceof Available(var keys) ? new Available(keys.after(known)) : found;
    }

    private sealed interface Discovery {
        record Found(ProviderMetadata provider) implements Discovery {}

        record Failed(String detail) implements Discovery {}

        record Postponed(Duration retryAfter) implements Discovery {}
    }

    private Discovery discover(String issuer, Deadline deadline) {
        try {
            byte[] json = fetch(issuer, ProviderMetadata.address(issuer), deadline);
            ProviderMetadata provider = read(issuer, () -> ProviderMetadata.parse(issuer, json));
            reputation.wasOfUse(issuer, ProviderMetadata.address(issuer));
            return new Discovery.Found(provider);
        } catch (BusyException busy) {
            return new Discovery.Postponed(busy.retryAfter());
        } catch (IssuerException | MalformedException e) {
            return new Discovery.Failed("discovery of " + issuer + ": " + e.getMessage());
        }
    }

    private KeyLookup load(Discovery.Found found, Deadline deadline) {
        try {
            KeySet keys = keys(found.provider(), deadline);
            return new Available(IssuerKeys.loaded(found.provider(), keys, clock.instant()));
        } catch (BusyException busy) {
            return new Busy(busy.retryAfter());
        } catch (IssuerException | MalformedException e) {
            return unverifiable(found.provider(), e);
        }
    }

    private KeySet keys(ProviderMetadata provider, Deadline deadline)
            throws IssuerException, MalformedException, BusyException {
        byte[] json = fetch(provider.issuer(), provider.keysAddress(), deadline);
        KeySet keys = read(provider.issuer(), () -> KeySet.parse(json));
        if (keys.size() > 0) {
            reputation.wasOfUse(provider.issuer(), provider.keysAddress());
        }
        return keys;
    }

    private interface Reader<T> {
        T read() throws MalformedException;
    }

    private <T> T read(String issuer, Reader<T> reader) throws MalformedException, BusyException {
        Object read = work.run(issuer, reputation.standing(issuer), () -> {
            try {
                return reader.read();
            } catch (MalformedException e) {
                return e;
            }
        });
        if (read instanceof MalformedException malformed) {
            throw malformed;
        }
        @SuppressWarnings("unchecked") // It is the value that the reader read.
        T document = (T) read;
        return document;
    }

    private byte[] fetch(String issuer, String address, Deadline deadline) throws IssuerException, BusyException {
        try {
            return documents.fetch(issuer, new URI(address), deadline);
        } catch (IssuerException.Busy e) {
            throw e.busy();
        } catch (URISyntaxException e) {
            throw new IssuerException("a malformed address: " + address, e);
        } catch (RuntimeException e) {
            // Our fault and not the issuer's. The waiting callers must get an answer all the same.
            LOG.error("Fetching {} broke", SafeText.ascii(address), e);
            throw new IssuerException(address + ": " + e, e);
        }
    }

    private static Unavailable unverifiable(ProviderMetadata provider, Exception cause) {
        return new Unavailable(KeyLookup.Missing.KEYS, "keys of " + provider.issuer() + ": " + cause.getMessage());
    }
}
