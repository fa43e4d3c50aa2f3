package dev.octosts.exchange.bearer;

/** The parts of a token that its signature is checked with, decoded once. */
final class SignedToken {
    private final JoseHeader header;
    private final byte[] input;
    private final byte[] signature;

    private SignedToken(JoseHeader header, byte[] input, byte[] signature) {
        this.header = header;
        this.input = input;
        this.signature = signature;
    }

    static SignedToken of(CompactToken token) throws MalformedException {
        if (!token.hasThreeParts()) {
            throw new MalformedException("a token of other than three parts");
        }
        JoseHeader header = JoseHeader.parse(token.header());
        return new SignedToken(header, token.signingInput(), token.signature());
    }

    JoseHeader header() {
        return header;
    }

    boolean isSignedBy(KeySet keys) {
        return keys.verifies(header, input, signature);
    }
}
