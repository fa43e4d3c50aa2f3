package dev.octosts.operators.console;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.AuditQuery;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.Stores;
import dev.octosts.operators.http.UrlPairs;
import dev.octosts.operators.spi.PolicyUse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The page <em>policies</em>: those that records name, with their last use. */
final class PoliciesPage {

    private static final int LIMIT = 200;
    private static final int USUAL_DAYS = 30;
    private static final int QUARTER = 90;
    private static final int MOST_DAYS = 400;

    private final OperatorPorts ports;

    PoliciesPage(OperatorPorts ports) {
        this.ports = ports;
    }

    List<OperatorRoute> routes() {
        return List.of(OperatorRoute.page("GET", "/policies", Need.VIEWER, this::policies));
    }

    private OperatorAnswer policies(OperatorCall call) throws StoreException {
        int days = AuditQuery.number(call, "days", USUAL_DAYS, MOST_DAYS);
        boolean unused = call.parameter("unused").filter("true"::equals).isPresent();
        List<PolicyUse> found = Stores.audit(ports)
                .policies(
                        call.operator().views(),
                        days,
                        unused,
                        call.parameter("after").orElse(""),
                        LIMIT);
        var html = new Html();
        html.put(
                "p",
                "Policies that records of the last " + days + " days name: they were reached by an exchange, or changed"
                        + " by a push that the webhook saw.",
                "class",
                "aside");
        html.add(reach(days, unused));
        html.open("p", "class", "more")
                .add(choice("All of 30 days", USUAL_DAYS, false, days, unused))
                .add(choice("Unused for 30 days", USUAL_DAYS, true, days, unused))
                .add(choice("Unused for 90 days", QUARTER, true, days, unused))
                .add(choice("All of a year", 365, false, days, unused))
                .close("p");
        if (found.isEmpty()) {
            html.put("p", "There are none.");
        } else {
            html.add(table(found));
        }
        if (found.size() == LIMIT) {
            html.open("p", "class", "more")
                    .put(
                            "a",
                            "More",
                            "href",
                            address(days, unused, found.getLast().path()),
                            "rel",
                            "next")
                    .close("p");
        }
        return ConsoleFrame.page(call, "Policies", html);
    }

    /** A link to a list; the list that is shown is marked. */
    private static Html choice(String name, int days, boolean unused, int shownDays, boolean shownUnused) {
        String address = address(days, unused, "");
        return days == shownDays && unused == shownUnused
                ? new Html().put("a", name, "href", address, "aria-current", "true")
                : new Html().put("a", name, "href", address);
    }

    /** How far the records go back: what was before them, nobody knows. */
    private Html reach(int days, boolean unused) throws StoreException {
        var html = new Html();
        Optional<Instant> oldest = Stores.audit(ports).oldest();
        if (oldest.isEmpty()) {
            return html;
        }
        Instant enough = oldest.get().plus(Duration.ofDays(days));
        String begin = "The records go back to " + Times.text(oldest.get()) + " UTC.";
        return unused && enough.isAfter(ports.clock().instant())
                ? html.put(
                        "p",
                        begin + " Before " + Times.text(enough) + " UTC no policy can be called unused for " + days
                                + " days: those below have granted nothing since the records begin.",
                        "class",
                        "failure")
                : html.put("p", begin, "class", "aside");
    }

    private static String address(int days, boolean unused, String after) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("days", Integer.toString(days));
        parameters.put("unused", unused ? "true" : "");
        parameters.put("after", after);
        return "/policies?" + UrlPairs.written(parameters);
    }

    private static Html table(List<PolicyUse> uses) {
        Html html = ConsoleFrame.table(
                "Policies",
                List.of("Policy", "Granted", "Not granted", "Last granted", "Changed", "Records"),
                Set.of("Granted", "Not granted"));
        for (PolicyUse use : uses) {
            html.open("tr").open("th", "scope", "row", "class", "long");
            html.put("a", use.path(), "href", PolicyPage.address(use.path()));
            if (use.deleted()) {
                html.text(" ").put("span", "deleted", "class", "tag");
            }
            html.close("th")
                    .put("td", Long.toString(use.granted()), "class", "number")
                    .put("td", Long.toString(use.notGranted()), "class", "number");
            html.open("td").add(use.lastGranted().map(Times::of).orElseGet(() -> new Html().text("never")));
            html.close("td").open("td").add(use.changed().map(Times::of).orElseGet(Html::new));
            html.close("td").open("td");
            html.put("a", "Exchanges", "href", "/exchanges?" + UrlPairs.written(Map.of("policy", use.path())));
            html.close("td").close("tr");
        }
        return ConsoleFrame.endTable(html);
    }
}
