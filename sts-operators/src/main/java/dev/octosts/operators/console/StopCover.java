package dev.octosts.operators.console;

import java.util.ArrayList;

/** What a stop covers because a part of it is not given: nobody sees that in the parts that are. */
final class StopCover {

    private StopCover() {}

    /**
     * In words, as a paragraph; nothing when each part is given.
     *
     * @param owner the account; empty for all, as the other parts
     * @param caller the subject or the claim
     */
    static Html of(String owner, String repository, String identity, String issuer, String caller) {
        var parts = new ArrayList<String>();
        if (repository.isEmpty()) {
            parts.add("repository");
        }
        if (identity.isEmpty()) {
            parts.add("identity");
        }
        var words = new ArrayList<String>();
        if (!parts.isEmpty()) {
            words.add("It covers every " + String.join(" and ", parts) + " of "
                    + (owner.isEmpty() ? "every account" : "the account " + owner) + ".");
        }
        if (caller.isEmpty()) {
            words.add("It covers every caller" + (issuer.isEmpty() ? "" : " of the issuer " + issuer) + ".");
        }
        var html = new Html();
        return words.isEmpty() ? html : html.put("p", String.join(" ", words), "class", "failure");
    }
}
