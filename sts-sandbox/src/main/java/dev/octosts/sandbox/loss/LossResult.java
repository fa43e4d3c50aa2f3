package dev.octosts.sandbox.loss;

import dev.octosts.sandbox.loss.SteadyCallers.Account;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one fault.
 *
 * @param chainHolds whether every record fits to the one before it
 */
record LossResult(LossFault fault, Account account, LossLedger ledger, boolean chainHolds) {

    boolean kept() {
        return broken().isEmpty();
    }

    /** The promises that were broken, in words. */
    List<String> broken() {
        var broken = new ArrayList<String>();
        if (account.handedOut().isEmpty()) {
            broken.add("no caller got a token, so nothing was tried");
        }
        if (!account.recovered()) {
            broken.add("callers got no tokens again within a minute after the fault");
        }
        if (ledger.missing() > 0) {
            broken.add(ledger.missing() + " tokens that callers have are not on record");
        }
        if (ledger.invented() > 0) {
            broken.add(ledger.invented() + " records are there twice, or of tokens that GitHub did not mint");
        }
        if (ledger.broken() > 0) {
            broken.add(ledger.broken() + " tokens that callers have were revoked");
        }
        if (ledger.adrift() > mayBeAdrift()) {
            broken.add(ledger.adrift() + " tokens that nobody got are valid and not on record, at most " + mayBeAdrift()
                    + " may be");
        }
        if (!chainHolds) {
            broken.add("the chain of the records does not hold");
        }
        return broken;
    }

    /**
     * A process that is killed between the mint and the record can neither record nor revoke its token, which nobody
     * knows: it was in the memory of that process alone. There is at most one for each request that got no answer.
     */
    private long mayBeAdrift() {
        return fault.killsService() ? account.unanswered() + account.lost() : 0;
    }
}
