package dev.octosts.operators.console;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.RecallRequests;
import dev.octosts.operators.http.RecallRequests.Wanted;
import dev.octosts.operators.http.Stores;
import dev.octosts.operators.spi.RecallDesk;
import dev.octosts.operators.spi.RecallDesk.Holder;
import dev.octosts.operators.spi.RecallDesk.Recalled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Taking tokens back, on the page <em>stop</em>. What is about to be done is shown once more before it is done. */
final class RecallPages {

    private static final String PATH = "/stop/tokens";
    private static final List<String> FIELDS =
            List.of("owner", "repository", "identity", "issuer", "subject", "reason");
    private static final String CONFIRMED = "confirmed";

    private final RecallRequests recall;

    RecallPages(OperatorPorts ports) {
        this.recall = new RecallRequests(ports);
    }

    List<OperatorRoute> routes() {
        return List.of(OperatorRoute.page("POST", PATH, Need.OPERATOR, this::answer));
    }

    /** The fields that say whom something is about; the address may have their values. */
    static Html holder(OperatorCall call) {
        return new Html()
                .add(field(call, "owner", "Account", "octo-org"))
                .add(field(call, "repository", "Repository, without its owner", "octo-repo"))
                .add(field(call, "identity", "Identity", "ci"))
                .add(field(call, "issuer", "Issuer", "https://gitlab.com"))
                .add(field(call, "subject", "Subject; * at its end for any text", "project_path:group/app:*"));
    }

    private static Html field(OperatorCall call, String name, String label, String hint) {
        return ConsoleFrame.field(name, label, call.parameter(name).orElse(""), hint);
    }

    /** The part of the page where it begins. */
    Html form(OperatorCall call) {
        var html = new Html().open("section", "class", "card").put("h2", "Take back tokens");
        if (!recall.isOn()) {
            return html.put(
                            "p",
                            "Not possible here: " + Stores.RECALL_IS_OFF
                                    + ". Until then, a token that was granted is valid for up to an hour; to end it"
                                    + " earlier, suspend the App's installation at GitHub.")
                    .close("section");
        }
        html.put(
                "p",
                "Ends the tokens that somebody holds now, at GitHub. Stop the caller first, or it gets new ones.",
                "class",
                "aside");
        return html.open("form", "method", "post", "action", PATH, "class", "fields")
                .add(ConsoleFrame.csrf(call))
                .add(holder(call))
                .add(ConsoleFrame.field("reason", "Why; it is on record", "", "incident 42"))
                .open("div", "class", "buttons")
                .put("button", "Count them", "class", "primary")
                .close("div")
                .close("form")
                .close("section");
    }

    private OperatorAnswer answer(OperatorCall call) throws StoreException {
        Map<String, String> fields = call.form();
        Wanted wanted = recall.described(call.operator(), fields);
        return fields.getOrDefault(CONFIRMED, "").equals("yes")
                ? done(call, wanted, recall.recall(call.operator(), wanted))
                : ask(call, wanted, recall.held(wanted));
    }

    private static OperatorAnswer ask(OperatorCall call, Wanted wanted, long held) {
        var html = new Html()
                .open("section", "class", "card")
                .put("p", "Tokens of: " + words(wanted.holder()) + ".")
                .put("p", "Why: " + wanted.reason());
        if (held == 0) {
            html.put("p", "There are none now.");
        } else {
            html.put("p", held + (held == 1 ? " token may be" : " tokens may be") + " valid now.")
                    .add(confirmation(call, wanted, "Take them back"));
        }
        html.put("a", "Change nothing", "href", "/stop").close("section");
        return ConsoleFrame.page(call, "Take back these tokens?", html);
    }

    private static OperatorAnswer done(OperatorCall call, Wanted wanted, Recalled recalled) {
        var html = new Html()
                .open("section", "class", "card")
                .put("p", "Tokens of: " + words(wanted.holder()) + ".")
                .open("dl")
                .put("dt", "Revoked")
                .put("dd", Long.toString(recalled.revoked()))
                .put("dt", "Already gone")
                .put("dd", Long.toString(recalled.gone()))
                .put("dt", "Not confirmed")
                .put("dd", recalled.unconfirmed() + (recalled.unconfirmed() > 0 ? "; they may be valid" : ""))
                .close("dl");
        if (recalled.unreadable() > 0) {
            html.put(
                    "p",
                    recalled.unreadable() + " are sealed with another key than OCTOSTS_REVOCABLE_TOKENS_KEY has now;"
                            + " octo-sts audit revoke takes them back with that key.",
                    "class",
                    "failure");
        }
        if (recalled.left() > 0) {
            html.put(
                    "p",
                    recalled.left() + " are left; " + RecallDesk.MOST + " are tried at a time.",
                    "class",
                    "failure");
        }
        if (recalled.left() + recalled.unconfirmed() > 0) {
            html.add(confirmation(call, wanted, "Go on"));
        }
        html.put("a", "Back", "href", "/stop").close("section");
        return ConsoleFrame.page(call, "Tokens were taken back", html);
    }

    private static Html confirmation(OperatorCall call, Wanted wanted, String button) {
        var html = new Html()
                .open("form", "method", "post", "action", PATH, "class", "buttons")
                .add(ConsoleFrame.csrf(call))
                .add(ConsoleFrame.hidden(CONFIRMED, "yes"));
        var values = parts(wanted.holder());
        values.put("reason", wanted.reason());
        FIELDS.forEach(name -> html.add(ConsoleFrame.hidden(name, values.getOrDefault(name, ""))));
        return html.put("button", button, "class", "danger").close("form");
    }

    private static Map<String, String> parts(Holder holder) {
        var parts = new LinkedHashMap<String, String>();
        parts.put("owner", holder.owner());
        parts.put("repository", holder.repository());
        parts.put("identity", holder.identity());
        parts.put("issuer", holder.issuer());
        parts.put("subject", holder.subject());
        return parts;
    }

    private static String words(Holder holder) {
        return parts(holder).entrySet().stream()
                .filter(part -> !part.getValue().isEmpty())
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
    }
}
