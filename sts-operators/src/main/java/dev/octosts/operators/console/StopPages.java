package dev.octosts.operators.console;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRuleForm;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.DenyRequests;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.RecallRequests.RecallRequest;
import dev.octosts.operators.spi.DenyDesk.Listed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages <em>stop</em>: rules that stop callers. Each change is shown once more before it is made. */
final class StopPages {

    private static final int LONGEST_TIME = 6;

    private static final List<FormField> FIELDS = Stream.concat(
                    RecallPages.HOLDER.stream(),
                    Stream.of(
                            new FormField(
                                    "claim",
                                    "; * at its end for any text",
                                    "NAME=VALUE",
                                    DenyRuleForm.LONGEST_NAME + 1 + DenyRuleForm.LONGEST_VALUE),
                            new FormField("for", "", "24h; empty until it is removed", LONGEST_TIME),
                            RecallPages.why("incident 42")))
            .toList();
    private static final FormField WHY_REMOVED = RecallPages.why("incident 42 is over");
    private static final String CONFIRMED = "confirmed";

    private final OperatorPorts ports;
    private final DenyRequests deny;
    private final RecallPages recall;

    StopPages(OperatorPorts ports) {
        this.ports = ports;
        this.deny = new DenyRequests(ports);
        this.recall = new RecallPages(ports);
    }

    List<OperatorRoute> routes() {
        return List.of(
                OperatorRoute.page("GET", "/stop", Need.VIEWER, this::list),
                OperatorRoute.page("POST", "/stop", Need.OPERATOR, this::add),
                // Before the pages of rules: their addresses end in any text.
                OperatorRoute.page("POST", RecallPages.PATH, Need.OPERATOR, this::takeBack),
                OperatorRoute.page("GET", RecallPages.PATH + "/{id}", Need.OPERATOR, recall::result),
                OperatorRoute.page("GET", "/stop/{id}", Need.OPERATOR, this::show),
                OperatorRoute.page("POST", "/stop/{id}", Need.OPERATOR, this::remove));
    }

    private OperatorAnswer list(OperatorCall call) throws StoreException {
        FormState state = FormState.of(call);
        return list(call, state, state);
    }

    /** A form that was refused comes first, as it was sent. */
    private OperatorAnswer list(OperatorCall call, FormState stop, FormState takeBack) throws StoreException {
        List<Listed> rules = deny.seen(call.operator());
        var html = new Html();
        if (stop.isRefused()) {
            html.add(form(call, stop));
        }
        if (takeBack.isRefused()) {
            html.add(recall.form(call, takeBack));
        }
        html.put(
                "p",
                "A rule stops every caller for whom all its parts fit, within a second, on every replica. Tokens that"
                        + " were granted before stay valid for up to an hour.",
                "class",
                "aside");
        if (rules.isEmpty()) {
            html.put("p", "Nobody is stopped.");
        } else {
            html.add(table(call, rules));
        }
        boolean mayAct = !call.operator().changes().isNothing();
        if (mayAct && !stop.isRefused()) {
            html.add(form(call, stop));
        }
        if (mayAct && !takeBack.isRefused()) {
            html.add(recall.form(call, takeBack));
        }
        return ConsoleFrame.page(call, "Stop", html).withStatus(Math.max(stop.status(), takeBack.status()));
    }

    private Html table(OperatorCall call, List<Listed> rules) {
        Html html = ConsoleFrame.table("Rules", List.of("Rule", "Whom", "Why", "By", "Since", "Until", ""));
        Instant now = ports.clock().instant();
        for (Listed listed : rules) {
            DenyRule rule = listed.rule();
            html.open("tr")
                    .put("th", rule.id(), "scope", "row")
                    .put("td", words(rule), "class", "long")
                    .put("td", rule.reason(), "class", "long")
                    .put("td", listed.madeBy());
            html.open("td").add(Times.of(listed.madeAt())).close("td").open("td");
            rule.expiresAt()
                    .ifPresentOrElse(
                            end -> html.add(Times.of(end)).text(end.isAfter(now) ? "" : " (over)"),
                            () -> html.text("it is removed"));
            html.close("td").open("td");
            if (call.operator().changes().includes(rule.target().owner())) {
                html.put("a", "Remove", "href", "/stop/" + rule.id());
            }
            html.close("td").close("tr");
        }
        return ConsoleFrame.endTable(html);
    }

    private static String words(DenyRule rule) {
        var parts = new LinkedHashMap<String, String>();
        parts.put("owner", rule.target().owner());
        parts.put("repository", rule.target().repository());
        parts.put("identity", rule.target().identity());
        parts.put("issuer", rule.caller().issuer());
        parts.put("subject", rule.caller().subject());
        parts.put(
                "claim",
                rule.caller().claim().isEmpty()
                        ? ""
                        : rule.caller().claim() + "=" + rule.caller().value());
        return parts.entrySet().stream()
                .filter(part -> !part.getValue().isEmpty())
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String wordsAndEnd(DenyRule rule) {
        return words(rule) + ", until "
                + rule.expiresAt().map(end -> Times.text(end) + " UTC").orElse("it is removed");
    }

    private static Html form(OperatorCall call, FormState state) {
        var html = new Html()
                .open("section", "class", "card")
                .put("h2", "Stop callers")
                .add(state.message())
                .open("form", "method", "post", "action", "/stop", "class", "fields")
                .add(ConsoleFrame.csrf(call))
                .add(state.fields(FIELDS));
        return html.open("div", "class", "buttons")
                .put("button", "Go on", "class", "primary")
                .close("div")
                .close("form")
                .close("section");
    }

    private OperatorAnswer add(OperatorCall call) throws StoreException {
        Map<String, String> fields = call.form();
        DenyRule rule;
        try {
            rule = deny.described(call.operator(), fields);
        } catch (CallRefused refused) {
            return list(call, FormState.refused(fields, refused), FormState.EMPTY);
        }
        if (fields.getOrDefault(CONFIRMED, "").equals("yes")) {
            deny.add(call.operator(), rule);
            return OperatorAnswer.seeOther("/stop");
        }
        var html = new Html()
                .open("section", "class", "card")
                .put("p", "From the next second on, these callers get no token: " + words(rule) + ".")
                .add(StopCover.of(
                        rule.target().owner(),
                        rule.target().repository(),
                        rule.target().identity(),
                        rule.caller().issuer(),
                        rule.caller().subject() + rule.caller().claim()))
                .put("p", "Why: " + rule.reason())
                .put(
                        "p",
                        "Until: "
                                + rule.expiresAt()
                                        .map(end -> Times.text(end) + " UTC")
                                        .orElse("it is removed"));
        for (Listed other : deny.covering(call.operator(), rule)) {
            html.put("p", "Rule " + other.rule().id() + " stops them already: " + wordsAndEnd(other.rule()) + ".");
        }
        html.open("form", "method", "post", "action", "/stop", "class", "buttons")
                .add(ConsoleFrame.csrf(call))
                .add(ConsoleFrame.hidden(CONFIRMED, "yes"));
        FIELDS.forEach(field -> html.add(ConsoleFrame.hidden(field.name(), fields.getOrDefault(field.name(), ""))));
        html.put("button", "Stop them", "class", "danger")
                .put("a", "Change nothing", "href", "/stop")
                .close("form")
                .close("section");
        return ConsoleFrame.page(call, "Stop these callers?", html);
    }

    private OperatorAnswer takeBack(OperatorCall call) throws StoreException {
        RecallRequest wanted;
        try {
            wanted = recall.wanted(call);
        } catch (CallRefused refused) {
            return list(call, FormState.EMPTY, FormState.refused(call.form(), refused));
        }
        return recall.answer(call, wanted);
    }

    private OperatorAnswer show(OperatorCall call) throws StoreException {
        return show(call, FormState.EMPTY);
    }

    private OperatorAnswer show(OperatorCall call, FormState state) throws StoreException {
        DenyRule rule = deny.seen(call.operator(), call.variable()).rule();
        List<Listed> others = deny.covering(call.operator(), rule);
        var html = new Html().open("section", "class", "card").add(state.message());
        if (others.isEmpty()) {
            html.put(
                    "p",
                    "These callers get tokens again, as far as policies and other rules let them: " + words(rule)
                            + ".");
        } else {
            html.put("p", "This rule stops: " + words(rule) + ".");
        }
        for (Listed other : others) {
            html.put(
                    "p",
                    "They get no tokens after that either, because rule "
                            + other.rule().id() + " stops them, too: " + wordsAndEnd(other.rule()) + ".");
        }
        html.put("p", "They were stopped because: " + rule.reason())
                .open("form", "method", "post", "action", "/stop/" + rule.id(), "class", "fields")
                .add(ConsoleFrame.csrf(call))
                .add(state.fields(List.of(WHY_REMOVED)))
                .open("div", "class", "buttons")
                .put("button", "Remove the rule", "class", "danger")
                .put("a", "Change nothing", "href", "/stop")
                .close("div")
                .close("form")
                .close("section");
        return ConsoleFrame.page(call, "Remove rule " + rule.id() + "?", html).withStatus(state.status());
    }

    private OperatorAnswer remove(OperatorCall call) throws StoreException {
        Map<String, String> fields = call.form();
        try {
            deny.remove(call.operator(), call.variable(), fields.getOrDefault("reason", ""));
        } catch (CallRefused refused) {
            if (refused.status() != 400) {
                throw refused;
            }
            return show(call, FormState.refused(fields, refused));
        }
        return OperatorAnswer.seeOther("/stop");
    }
}
