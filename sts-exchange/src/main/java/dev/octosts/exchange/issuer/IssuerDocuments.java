package dev.octosts.exchange.issuer;

import java.net.URI;

/** Fetches an issuer's documents. */
@FunctionalInterface
public interface IssuerDocuments {
    /**
     * The body of a document, at most 100 KiB.
     *
     * @param issuer whose document it is; some are called otherwise than others
     * @throws IssuerException.Transient when asking again may help
     * @throws IssuerException when it will not
     */
    byte[] fetch(String issuer, URI address, Deadline deadline) throws IssuerException;
}
