package dev.octosts.operators.console;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.DenyRequests;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.spi.DenyDesk.Listed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages <em>stop</em>: rules that stop callers. Each change is shown once more before it is made. */
final class StopPages {

    private static final List<String> FIELDS =
            List.of("owner", "repository", "identity", "issuer", "subject", "claim", "for", "reason");
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
                OperatorRoute.page("GET", "/stop/{id}", Need.OPERATOR, this::show),
                OperatorRoute.page("POST", "/stop/{id}", Need.OPERATOR, this::remove));
    }

    private OperatorAnswer list(OperatorCall call) throws StoreException {
        List<Listed> rules = deny.seen(call.operator());
        var html = new Html();
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
        if (!call.operator().changes().isNothing()) {
            html.add(form(call)).add(recall.form(call));
        }
        return ConsoleFrame.page(call, "Stop", html);
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

    private static Html form(OperatorCall call) {
        var html = new Html()
                .open("section", "class", "card")
                .put("h2", "Stop callers")
                .open("form", "method", "post", "action", "/stop", "class", "fields")
                .add(ConsoleFrame.csrf(call))
                .add(RecallPages.holder(call))
                .add(ConsoleFrame.field("claim", "Claim", "", "NAME=VALUE"))
                .add(ConsoleFrame.field("for", "For how long", "", "24h; empty until it is removed"))
                .add(ConsoleFrame.field("reason", "Why; it is on record", "", "incident 42"));
        return html.open("div", "class", "buttons")
                .put("button", "Go on", "class", "primary")
                .close("div")
                .close("form")
                .close("section");
    }

    private OperatorAnswer add(OperatorCall call) throws StoreException {
        Map<String, String> fields = call.form();
        DenyRule rule = deny.described(call.operator(), fields);
        if (fields.getOrDefault(CONFIRMED, "").equals("yes")) {
            deny.add(call.operator(), rule);
            return OperatorAnswer.seeOther("/stop");
        }
        var html = new Html()
                .open("section", "class", "card")
                .put("p", "From the next second on, these callers get no token: " + words(rule) + ".")
                .put("p", "Why: " + rule.reason())
                .put(
                        "p",
                        "Until: "
                                + rule.expiresAt()
                                        .map(end -> Times.text(end) + " UTC")
                                        .orElse("it is removed"))
                .open("form", "method", "post", "action", "/stop", "class", "buttons")
                .add(ConsoleFrame.csrf(call))
                .add(ConsoleFrame.hidden(CONFIRMED, "yes"));
        FIELDS.forEach(name -> html.add(ConsoleFrame.hidden(name, fields.getOrDefault(name, ""))));
        html.put("button", "Stop them", "class", "danger")
                .put("a", "Change nothing", "href", "/stop")
                .close("form")
                .close("section");
        return ConsoleFrame.page(call, "Stop these callers?", html);
    }

    private OperatorAnswer show(OperatorCall call) throws StoreException {
        DenyRule rule = deny.seen(call.operator(), call.variable()).rule();
        var html = new Html()
                .open("section", "class", "card")
                .put("p", "These callers get tokens again, as far as policies let them: " + words(rule) + ".")
                .put("p", "They were stopped because: " + rule.reason())
                .open("form", "method", "post", "action", "/stop/" + rule.id(), "class", "fields")
                .add(ConsoleFrame.csrf(call))
                .add(ConsoleFrame.field("reason", "Why; it is on record", "", "incident 42 is over"))
                .open("div", "class", "buttons")
                .put("button", "Remove the rule", "class", "danger")
                .put("a", "Change nothing", "href", "/stop")
                .close("div")
                .close("form")
                .close("section");
        return ConsoleFrame.page(call, "Remove rule " + rule.id() + "?", html);
    }

    private OperatorAnswer remove(OperatorCall call) throws StoreException {
        deny.remove(call.operator(), call.variable(), call.form().getOrDefault("reason", ""));
        return OperatorAnswer.seeOther("/stop");
    }
}
