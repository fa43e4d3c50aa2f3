package dev.octosts.operators.console;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.AuditQuery;
import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.Stores;
import dev.octosts.operators.http.UrlPairs;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditFilter;
import dev.octosts.operators.spi.AuditPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages <em>exchanges</em>, with the filters in the address, and <em>an exchange</em>. */
final class ExchangePages {

    private static final String LIMIT = "limit";

    private static final List<FormField> FILTERS = Stream.concat(
                    Stream.of(AuditField.values()).map(AuditField::wireName), Stream.of("from", "to"))
            .map(ExchangePages::filter)
            .toList();

    private final OperatorPorts ports;

    ExchangePages(OperatorPorts ports) {
        this.ports = ports;
    }

    List<OperatorRoute> routes() {
        return List.of(
                OperatorRoute.page("GET", "/exchanges", Need.VIEWER, this::exchanges),
                OperatorRoute.page("GET", "/exchanges/{id}", Need.VIEWER, this::exchange));
    }

    private OperatorAnswer exchanges(OperatorCall call) throws StoreException {
        Map<String, String> given = given(call);
        if (call.query().values().stream().anyMatch(String::isBlank)) {
            // A form sends its empty fields, too; the address that people pass on has none.
            given.put(AuditQuery.BEHIND, call.parameter(AuditQuery.BEHIND).orElse(""));
            return OperatorAnswer.seeOther(address(given));
        }
        AuditQuery query;
        try {
            query = AuditQuery.ofPerson(call);
        } catch (CallRefused refused) {
            if (refused.isAbout(LIMIT)) {
                given.remove(LIMIT);
            }
            FormState state = FormState.refused(given, refused);
            return ConsoleFrame.page(call, "Exchanges", filters(state)).withStatus(state.status());
        }
        List<AuditEntry> found = Stores.audit(ports).search(query.filter(), query.behind(), query.limit());
        var html = new Html().add(filters(new FormState(given, Optional.empty())));
        if (found.isEmpty()) {
            html.put("p", "No record fits.");
        } else {
            html.add(table(found));
        }
        html.open("p", "class", "more");
        if (query.behind().isPresent()) {
            html.put("a", "The newest", "href", address(given));
        }
        if (found.size() == query.limit()) {
            var next = new LinkedHashMap<>(given);
            next.put(AuditQuery.BEHIND, found.getLast().place().toString());
            html.put("a", "Older ones", "href", address(next), "rel", "next");
        }
        String parameters = UrlPairs.written(query.parameters());
        html.put("a", "Save as CSV", "href", "/api/export?format=csv&" + parameters)
                .put("a", "Save as NDJSON", "href", "/api/export?format=ndjson&" + parameters)
                .close("p");
        return ConsoleFrame.page(call, "Exchanges", html);
    }

    /** The search as it was given, without the place to go on behind. */
    private static Map<String, String> given(OperatorCall call) {
        var given = new LinkedHashMap<String, String>();
        FILTERS.forEach(
                field -> given.put(field.name(), call.parameter(field.name()).orElse("")));
        given.put(LIMIT, call.parameter(LIMIT).orElse(""));
        return given;
    }

    private static String address(Map<String, String> parameters) {
        String written = UrlPairs.written(parameters);
        return written.isEmpty() ? "/exchanges" : "/exchanges?" + written;
    }

    private static Html filters(FormState state) {
        boolean any = state.isRefused()
                || FILTERS.stream()
                        .anyMatch(field ->
                                !state.values().getOrDefault(field.name(), "").isEmpty());
        var html = any
                ? new Html().open("details", "class", "card", "open", "open")
                : new Html().open("details", "class", "card");
        html.put("summary", "Filters")
                .add(state.message())
                .open("form", "method", "get", "action", "/exchanges", "class", "fields")
                .add(state.fields(FILTERS));
        String limit = state.values().getOrDefault(LIMIT, "");
        if (!limit.isEmpty()) {
            html.add(ConsoleFrame.hidden(LIMIT, limit));
        }
        return html.open("div", "class", "buttons")
                .put("button", "Search")
                .put("a", "Without filters", "href", "/exchanges")
                .close("div")
                .close("form")
                .close("details");
    }

    private static FormField filter(String name) {
        String hint = switch (name) {
            case "kind" -> "exchange, policy, operator";
            case "outcome" -> "granted, refused, failed";
            case "subject" -> "the whole subject; no *";
            case "token" -> "SHA-256 of a token";
            case "policy" -> "owner/repository/path";
            case "from", "to" -> "2026-11-30 or 2026-11-30T02:00:00Z";
            default -> "";
        };
        return new FormField(name, name.equals("to") ? "; a day to its end" : "", hint, AuditQuery.LONGEST);
    }

    private static Html table(List<AuditEntry> entries) {
        Html html =
                ConsoleFrame.table("Records", List.of("When", "What", "Account", "Repository", "Identity", "Subject"));
        for (AuditEntry entry : entries) {
            String outcome = entry.text(AuditField.OUTCOME);
            html.open("tr").open("td").open("a", "href", "/exchanges/" + entry.place());
            html.add(Times.of(entry.at())).close("a").close("td");
            html.open("td")
                    .put(
                            "span",
                            entry.text(AuditField.KIND) + (outcome.isEmpty() ? "" : " " + outcome),
                            "class",
                            kind(outcome))
                    .close("td")
                    .put("td", entry.text(AuditField.OWNER))
                    .put("td", entry.text(AuditField.REPOSITORY))
                    .put("td", entry.text(AuditField.IDENTITY))
                    .put("td", entry.text(AuditField.SUBJECT), "class", "long")
                    .close("tr");
        }
        return ConsoleFrame.endTable(html);
    }

    /** One of our classes, and nothing that a record says. */
    private static String kind(String outcome) {
        return switch (outcome) {
            case "granted" -> "tag granted";
            case "refused" -> "tag refused";
            case "failed" -> "tag failed";
            default -> "tag";
        };
    }

    private OperatorAnswer exchange(OperatorCall call) throws StoreException {
        var place = AuditPlace.read(call.variable()).orElseThrow(() -> CallRefused.absent("record"));
        AuditEntry entry = Stores.audit(ports)
                .find(place, call.operator().views())
                .orElseThrow(() -> CallRefused.absent("record"));
        var html = new Html().add(actions(call, entry)).add(EntryView.of(entry, ended(call, entry)));
        if (!entry.text(AuditField.TOKEN).isEmpty() && ports.usage().isOn()) {
            html.add(UsageView.of(ports.usage().ofToken(entry)));
        }
        return ConsoleFrame.page(call, "Record " + entry.place(), html);
    }

    /** The record of the end of its token, when somebody gave it back or took it back. */
    private Optional<AuditEntry> ended(OperatorCall call, AuditEntry entry) throws StoreException {
        String token = entry.text(AuditField.TOKEN);
        if (token.isEmpty() || !entry.text(AuditField.KIND).equals("exchange")) {
            return Optional.empty();
        }
        var filter = new AuditFilter(
                call.operator().views(),
                Map.of(AuditField.TOKEN, token, AuditField.KIND, "revocation"),
                Optional.empty(),
                Optional.empty());
        return Stores.audit(ports).search(filter, Optional.empty(), 1).stream().findFirst();
    }

    /** What can be done about it. */
    private static Html actions(OperatorCall call, AuditEntry entry) {
        var html = new Html();
        boolean isExchange = entry.text(AuditField.KIND).equals("exchange");
        boolean mayAct = call.operator().changes().includes(entry.text(AuditField.OWNER));
        String subject = entry.text(AuditField.SUBJECT);
        if (!isExchange || subject.isEmpty()) {
            return html;
        }
        html.open("p", "class", "more");
        if (mayAct) {
            var holder = new LinkedHashMap<String, String>();
            for (AuditField field : List.of(AuditField.OWNER, AuditField.ISSUER, AuditField.SUBJECT)) {
                holder.put(field.wireName(), entry.text(field));
            }
            html.put("a", "Stop this caller, or take back its tokens", "href", "/stop?" + UrlPairs.written(holder));
        }
        html.put(
                "a",
                "All exchanges of this subject",
                "href",
                "/exchanges?" + UrlPairs.written(Map.of(AuditField.SUBJECT.wireName(), subject)));
        String policy = entry.text(AuditField.POLICY);
        if (!policy.isEmpty()) {
            html.put("a", "What this policy needs", "href", PolicyPage.address(policy))
                    .put(
                            "a",
                            "Pushes that changed it",
                            "href",
                            "/exchanges?" + UrlPairs.written(Map.of("kind", "policy", "policy", policy)));
        }
        return html.close("p");
    }
}
