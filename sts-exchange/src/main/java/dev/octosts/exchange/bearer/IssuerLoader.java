package dev.octosts.exchange.bearer;

import dev.octosts.exchange.bearer.KeyLookup.Available;
import dev.octosts.exchange.bearer.KeyLookup.Unavailable;
import dev.octosts.exchange.bearer.Verification.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads an issuer's discovery document and key set, within the time that a load has. */
final class IssuerLoader {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerLoader.class);
    static final Duration LOAD_TIME = Duration.ofSeconds(5);

    private final IssuerTransport transport;
    private final Clock clock;

    IssuerLoader(IssuerTransport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /** Discovery and keys. */
    KeyLookup load(String issuer) {
        Deadline deadline = Deadline.in(LOAD_TIME);
        return switch (discover(issuer, deadline)) {
            case Discovery.Found found -> load(found, deadline);
            case Discovery.Failed failed -> new Unavailable(Reason.PROVIDER_UNAVAILABLE, failed.detail());
        };
    }

    /** The keys again; discovery only when they are no longer where they were. */
    KeyLookup rotate(IssuerKeys known) {
        Deadline deadline = Deadline.in(LOAD_TIME);
        try {
            byte[] json = fetch(known.issuer(), known.provider().keysAddress(), deadline);
            return new Available(known.rotated(KeySet.parse(json), json.length));
        } catch (IssuerException | MalformedException e) {
            return discover(known.issuer(), deadline) instanceof Discovery.Found found
                            && !found.provider()
                                    .keysAddress()
                                    .equals(known.provider().keysAddress())
                    ? load(found, deadline)
                    : unverifiable(known.provider(), e);
        }
    }

    private sealed interface Discovery {
        record Found(Provider provider, int bytes) implements Discovery {}

        record Failed(String detail) implements Discovery {}
    }

    private Discovery discover(String issuer, Deadline deadline) {
        try {
            byte[] json = fetch(issuer, Provider.address(issuer), deadline);
            return new Discovery.Found(Provider.parse(issuer, json), json.length);
        } catch (IssuerException | MalformedException e) {
            return new Discovery.Failed("discovery of " + issuer + ": " + e.getMessage());
        }
    }

    private KeyLookup load(Discovery.Found found, Deadline deadline) {
        try {
            byte[] json = fetch(found.provider().issuer(), found.provider().keysAddress(), deadline);
            return new Available(IssuerKeys.loaded(
                    found.provider(), KeySet.parse(json), found.bytes() + json.length, clock.instant()));
        } catch (IssuerException | MalformedException e) {
            return unverifiable(found.provider(), e);
        }
    }

    private byte[] fetch(String issuer, String address, Deadline deadline) throws IssuerException {
        try {
            return transport.fetch(issuer, new URI(address), deadline);
        } catch (URISyntaxException e) {
            throw new IssuerException("a malformed address: " + address, e);
        } catch (RuntimeException e) {
            // Our fault and not the issuer's; whoever waits must be answered all the same.
            LOG.error("Fetching {} broke", Printable.escaped(address), e);
            throw new IssuerException(address + ": " + e, e);
        }
    }

    private static Unavailable unverifiable(Provider provider, Exception cause) {
        return new Unavailable(Reason.UNVERIFIED, "keys of " + provider.issuer() + ": " + cause.getMessage());
    }
}
