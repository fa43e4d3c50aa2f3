package dev.octosts.operators.console;

import dev.octosts.exchange.spi.DenyRuleForm;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.RecallRequests;
import dev.octosts.operators.http.RecallRequests.RecallRequest;
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

    static final String PATH = "/stop/tokens";

    /** Say whom something is about. */
    static final List<FormField> HOLDER = List.of(
            new FormField("owner", "", "octo-org", DenyRuleForm.LONGEST_NAME),
            new FormField("repository", ", without its owner", "octo-repo", DenyRuleForm.LONGEST_NAME),
            new FormField("identity", "", "ci", DenyRuleForm.LONGEST_IDENTITY),
            new FormField("issuer", "", "https://gitlab.com", DenyRuleForm.LONGEST_NAME),
            new FormField(
                    "subject", "; * at its end for any text", "project_path:group/app:*", DenyRuleForm.LONGEST_VALUE));

    private static final FormField WHY = why("incident 42");
    private static final String CONFIRMED = "confirmed";

    private final RecallRequests recall;
    private final Outcomes<Outcome> outcomes = new Outcomes<>();

    private record Outcome(RecallRequest wanted, Recalled recalled) {}

    RecallPages(OperatorPorts ports) {
        this.recall = new RecallRequests(ports);
    }

    /** The field for a reason. */
    static FormField why(String hint) {
        return new FormField("reason", "; it is on record", hint, DenyRuleForm.LONGEST_REASON, true);
    }

    /** The part of the page where it begins. */
    Html form(OperatorCall call, FormState state) {
        var html = new Html()
                .open("section", "class", "card")
                .put("h2", "Take back tokens")
                .add(state.message());
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
                .add(state.fields(HOLDER))
                .add(state.fields(List.of(WHY)))
                .open("div", "class", "buttons")
                .put("button", "Count them", "class", "primary")
                .close("div")
                .close("form")
                .close("section");
    }

    /** What the form asks for. */
    RecallRequest wanted(OperatorCall call) {
        return recall.described(call.operator(), call.form());
    }

    /** Asks, or does it and sends the browser on to what came of it: loading that again does nothing again. */
    OperatorAnswer answer(OperatorCall call, RecallRequest wanted) throws StoreException {
        if (!call.form().getOrDefault(CONFIRMED, "").equals("yes")) {
            return ask(call, wanted, recall.held(wanted));
        }
        var outcome = new Outcome(wanted, recall.recall(call.operator(), wanted));
        return OperatorAnswer.seeOther(PATH + "/" + outcomes.keep(call, outcome));
    }

    /** What came of it. */
    OperatorAnswer result(OperatorCall call) {
        Outcome outcome = outcomes.find(call, call.variable())
                .orElseThrow(() -> new CallRefused(
                        404,
                        "this process does not know this result any more; it is on record: see Exchanges, with the kind"
                                + " operator and the outcome token-revoked"));
        return done(call, outcome.wanted(), outcome.recalled());
    }

    private static OperatorAnswer ask(OperatorCall call, RecallRequest wanted, long held) {
        var html = new Html()
                .open("section", "class", "card")
                .put("p", "Tokens of: " + words(wanted.holder()) + ".")
                .add(StopCover.of(
                        wanted.holder().owner(),
                        wanted.holder().repository(),
                        wanted.holder().identity(),
                        wanted.holder().issuer(),
                        wanted.holder().subject()))
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

    private static OperatorAnswer done(OperatorCall call, RecallRequest wanted, Recalled recalled) {
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
        html.open("p", "class", "more")
                .put("a", "On record", "href", "/exchanges?kind=operator&outcome=token-revoked")
                .put("a", "Back", "href", "/stop")
                .close("p")
                .close("section");
        return ConsoleFrame.page(call, "Tokens were taken back", html);
    }

    private static Html confirmation(OperatorCall call, RecallRequest wanted, String button) {
        var html = new Html()
                .open("form", "method", "post", "action", PATH, "class", "buttons")
                .add(ConsoleFrame.csrf(call))
                .add(ConsoleFrame.hidden(CONFIRMED, "yes"));
        parts(wanted.holder()).forEach((name, value) -> html.add(ConsoleFrame.hidden(name, value)));
        html.add(ConsoleFrame.hidden(WHY.name(), wanted.reason()));
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
