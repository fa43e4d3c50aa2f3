package dev.octosts.exchange.spi;

/** Knows whom the operator stops. */
public interface DenySource {

    /** Nobody is stopped. */
    DenySource NONE = new DenySource() {
        @Override
        public DenyRules current() {
            return DenyRules.NONE;
        }

        @Override
        public void stopped(DenyRule rule) {}
    };

    /** The rules as this process knows them. Every exchange asks, so this is one read of a field. */
    DenyRules current();

    /** A rule has stopped a caller. Returns at once. */
    void stopped(DenyRule rule);
}
