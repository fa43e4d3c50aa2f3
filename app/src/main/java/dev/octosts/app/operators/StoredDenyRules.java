package dev.octosts.app.operators;

import dev.octosts.app.deny.DenyGuard;
import dev.octosts.app.deny.DenyStore;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.spi.DenyDesk;
import java.util.List;

/** The deny rules in the database. This process looks at them at once after each change. */
final class StoredDenyRules implements DenyDesk {

    private final DenyStore store;
    private final DenyGuard rules;

    StoredDenyRules(DenyStore store, DenyGuard rules) {
        this.store = store;
        this.rules = rules;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public List<Listed> rules() throws StoreException {
        return store.rules().stream()
                .map(kept -> new Listed(kept.rule(), kept.madeBy(), kept.madeAt()))
                .toList();
    }

    @Override
    public void add(DenyRule rule, String by) throws StoreException {
        store.add(rule, by);
        rules.lookAgain();
    }

    @Override
    public boolean remove(String id, String by, String why) throws StoreException {
        boolean removed = store.remove(id, by, why);
        rules.lookAgain();
        return removed;
    }

    /** A service without a database. */
    static final class NoDenyRules implements DenyDesk {

        NoDenyRules() {}

        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public List<Listed> rules() {
            return List.of();
        }

        @Override
        public void add(DenyRule rule, String by) throws StoreException {
            throw new StoreException("there is no database", null);
        }

        @Override
        public boolean remove(String id, String by, String why) {
            return false;
        }
    }
}
