package dev.octosts.operators.console;

import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.Refreshing;
import dev.octosts.operators.http.Refreshing.Refreshed;
import dev.octosts.operators.spi.ServiceView.Issuer;
import dev.octosts.operators.spi.ServiceView.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The page <em>service</em>: Apps, keys, issuers, caches, version. */
final class ServicePage {

    private static final int MOST_TROUBLES = 20;
    private static final String DONE = "done";
    private static final FormField ISSUER =
            new FormField("issuer", " whose keys are forgotten", "none", Refreshing.LONGEST_ISSUER);

    private final OperatorPorts ports;
    private final Refreshing refreshing;
    private final Outcomes<Refreshed> outcomes = new Outcomes<>();

    ServicePage(OperatorPorts ports) {
        this.ports = ports;
        this.refreshing = new Refreshing(ports);
    }

    List<OperatorRoute> routes() {
        return List.of(
                OperatorRoute.page("GET", "/service", Need.VIEWER_OF_ALL, this::service),
                OperatorRoute.page("POST", "/service/refresh", Need.OPERATOR_OF_ALL, this::refresh));
    }

    private OperatorAnswer service(OperatorCall call) {
        return service(call, FormState.EMPTY);
    }

    private OperatorAnswer service(OperatorCall call, FormState form) {
        State state = ports.service().state();
        var html = new Html();
        call.parameter(DONE).flatMap(name -> outcomes.find(call, name)).ifPresent(done -> html.add(done(done)));
        html.add(form.message())
                .add(trouble(state))
                .add(facts(state))
                .add(apps(state))
                .add(caches(call, state, form))
                .add(issuers(state));
        return ConsoleFrame.page(call, "Service", html).withStatus(form.status());
    }

    private static Html done(Refreshed done) {
        String keys = done.hadKeys()
                ? " The keys of " + done.issuer() + " were forgotten."
                : " No keys of " + done.issuer() + " were known, so there was nothing to forget.";
        return new Html()
                .put(
                        "p",
                        "Refreshed at " + Times.text(done.at())
                                + " UTC: every remembered policy, file and installation of this process is stale."
                                + (done.issuer().isEmpty() ? "" : keys),
                        "class",
                        "card",
                        "role",
                        "status");
    }

    private static Html facts(State state) {
        var records = state.records();
        return new Html()
                .open("section", "class", "card")
                .put("h2", "This process")
                .open("dl")
                .put("dt", "Version")
                .put("dd", state.version())
                .put("dt", "Domain")
                .put("dd", state.domain())
                .put("dt", "Runs since")
                .open("dd")
                .add(Times.of(state.startedAt()))
                .text(" UTC")
                .close("dd")
                .put("dt", "Records")
                .put(
                        "dd",
                        records.mode() + ": " + records.written() + " written, " + records.waiting() + " waiting, "
                                + records.lost() + " only counted"
                                + (records.storeWorks() ? "" : "; the database does not take records"))
                .put("dt", "Rules that stop callers")
                .put("dd", state.denyRules())
                .close("dl")
                .close("section");
    }

    private static Html apps(State state) {
        var html = table("Apps", List.of("App", "Key in use", "State"), Set.of());
        state.apps()
                .forEach(app -> html.open("tr")
                        .put("th", Long.toString(app.id()), "scope", "row")
                        .open("td")
                        .put("code", app.keyFingerprint().orElse("not known yet"))
                        .close("td")
                        .put("td", app.trouble().orElse("no trouble known"))
                        .close("tr"));
        return end(html);
    }

    private static Html caches(OperatorCall call, State state, FormState form) {
        var html = table("Caches", List.of("Cache", "Hits", "Misses"), Set.of("Hits", "Misses"));
        state.caches()
                .forEach(cache -> html.open("tr")
                        .put("th", cache.name(), "scope", "row")
                        .put("td", Long.toString(cache.hits()), "class", "number")
                        .put("td", Long.toString(cache.misses()), "class", "number")
                        .close("tr"));
        ConsoleFrame.endTable(html);
        if (Need.OPERATOR_OF_ALL.isMetBy(call.operator())) {
            html.put(
                            "p",
                            "A refresh makes every remembered policy, file and installation of this process stale, so"
                                    + " that the next exchange looks again. It forgets the keys of the issuer, if one is"
                                    + " given.",
                            "class",
                            "aside")
                    .open("form", "method", "post", "action", "/service/refresh", "class", "fields")
                    .add(ConsoleFrame.csrf(call))
                    .add(form.fields(List.of(ISSUER)))
                    .open("div", "class", "buttons")
                    .put("button", "Refresh")
                    .close("div")
                    .close("form");
        }
        return html.close("section");
    }

    private static Html issuers(State state) {
        var html = table("Issuers whose keys are known", List.of("Issuer", "Keys", "Seen", "State"), Set.of("Keys"));
        state.issuers()
                .forEach(issuer -> html.open("tr")
                        .put("th", issuer.issuer(), "scope", "row", "class", "long")
                        .put("td", Integer.toString(issuer.keys()), "class", "number")
                        .open("td")
                        .add(Times.of(issuer.seenAt()))
                        .close("td")
                        .put(
                                "td",
                                (issuer.failing() ? "does not answer" : "answers")
                                        + (issuer.proven() ? ", in use" : ""))
                        .close("tr"));
        return end(html);
    }

    private static Html table(String title, List<String> columns, Set<String> numbers) {
        return new Html()
                .open("section", "class", "card")
                .put("h2", title)
                .add(ConsoleFrame.table(title, columns, numbers));
    }

    private static Html end(Html table) {
        return ConsoleFrame.endTable(table).close("section");
    }

    /** What an operator looks for first. */
    private Html trouble(State state) {
        var found = new ArrayList<String>();
        state.apps().forEach(app -> app.trouble().ifPresent(trouble -> found.add("App " + app.id() + ": " + trouble)));
        ports.service().quotas().stream()
                .filter(quota -> quota.remaining() == 0
                        && quota.resetAt().isAfter(ports.clock().instant()))
                .limit(MOST_TROUBLES)
                .forEach(quota -> found.add("App " + quota.appId() + ", account " + quota.owner()
                        + ": GitHub allows no request until " + Times.text(quota.resetAt()) + " UTC"));
        state.issuers().stream()
                .filter(Issuer::failing)
                .limit(MOST_TROUBLES)
                .forEach(issuer -> found.add("issuer " + issuer.issuer() + ": it does not answer"));
        if (!state.records().storeWorks()) {
            found.add("records: the database does not take them");
        }
        var html = new Html().open("section", "class", "card").put("h2", "In trouble");
        if (found.isEmpty()) {
            return html.put("p", "No App, key or issuer, as far as this process knows.")
                    .close("section");
        }
        html.open("ul");
        found.forEach(text -> html.put("li", text, "class", "failure"));
        return html.close("ul").close("section");
    }

    private OperatorAnswer refresh(OperatorCall call) {
        Map<String, String> fields = call.form();
        try {
            Refreshed done = refreshing.refresh(
                    call.operator(), fields.getOrDefault(ISSUER.name(), "").strip());
            return OperatorAnswer.seeOther("/service?" + DONE + "=" + outcomes.keep(call, done));
        } catch (CallRefused refused) {
            return service(call, FormState.refused(fields, refused));
        }
    }
}
