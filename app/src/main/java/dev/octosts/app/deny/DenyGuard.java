package dev.octosts.app.deny;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRules;
import dev.octosts.exchange.spi.DenySource;

/** The deny rules as this process knows them, and how well it knows them. */
public interface DenyGuard extends DenySource, AutoCloseable {

    /** A service without a database: nobody is stopped. */
    DenyGuard NONE = new DenyGuard() {
        @Override
        public State state() {
            return State.NONE;
        }

        @Override
        public long stops() {
            return 0;
        }

        @Override
        public void lookAgain() {}

        @Override
        public DenyRules current() {
            return DenyRules.NONE;
        }

        @Override
        public void stopped(DenyRule rule) {}

        @Override
        public void close() {}
    };

    /** How well the rules are known. */
    enum State {
        /** There are none, because there is no database. */
        NONE,
        /** They are those of the database. */
        CURRENT,
        /** The database does not answer: the last known ones are in force. */
        STALE,
        /** The database has not answered yet: nobody gets a token. */
        UNKNOWN
    }

    /** How well the rules are known. */
    State state();

    /** How many exchanges were stopped. */
    long stops();

    /** The rules may have changed: they are read now, and not only with the next look. */
    void lookAgain();

    @Override
    void close();
}
