package dev.octosts.operators.console;

import dev.octosts.operators.http.UrlPairs;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One record: who, what, which version of which policy, each rule with its value, and what GitHub granted. */
final class EntryView {

    private static final Set<String> SHOWN = Set.of("decision", "claims", "permissions", "repositories", "error");

    private EntryView() {}

    /** @param ended the record of the end of its token; empty when the token has ended by itself, or not yet */
    static Html of(AuditEntry entry, Optional<AuditEntry> ended) {
        JsonObject data = data(entry.data());
        return new Html()
                .add(refusal(data))
                .add(facts(entry))
                .add(decision(data))
                .add(pairs("Claims that the policy names", "Claim", "Value", data.get("claims")))
                .add(granted(entry, data, ended))
                .add(rest(data));
    }

    /** The service wrote it as an object; for what somebody else wrote there is no more to show than that. */
    private static JsonObject data(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException _) {
            return Json.createObjectBuilder().add("unreadable", text).build();
        }
    }

    /** Why there was no token, before everything else. */
    private static Html refusal(JsonObject data) {
        String error = text(data.get("error"));
        return error.isEmpty() ? new Html() : new Html().put("p", error, "class", "failure");
    }

    private static Html facts(AuditEntry entry) {
        var html = new Html()
                .open("section", "class", "card")
                .put("h2", "Who and what")
                .open("dl");
        html.put("dt", "When").open("dd").add(Times.of(entry.at())).text(" UTC").close("dd");
        for (AuditField field : AuditField.values()) {
            String text = entry.text(field);
            if (!text.isEmpty()) {
                html.put("dt", name(field))
                        .open("dd")
                        .put(
                                "a",
                                text,
                                "href",
                                "/exchanges?" + UrlPairs.written(Map.of(field.wireName(), text)),
                                "title",
                                "All records with this value")
                        .close("dd");
            }
        }
        fact(html, "Version of the policy", entry.blob());
        fact(html, "Installation", entry.installation() == 0 ? "" : Long.toString(entry.installation()));
        fact(html, "Id", entry.id());
        fact(html, "Hash", entry.hash());
        return html.close("dl").close("section");
    }

    private static void fact(Html html, String name, String text) {
        if (!text.isEmpty()) {
            html.put("dt", name).open("dd").put("code", text).close("dd");
        }
    }

    private static String name(AuditField field) {
        return switch (field) {
            case KIND -> "Kind";
            case OUTCOME -> "Outcome";
            case OWNER -> "Account";
            case REPOSITORY -> "Repository";
            case IDENTITY -> "Identity";
            case ISSUER -> "Issuer";
            case SUBJECT -> "Subject";
            case POLICY -> "Policy";
            case TOKEN -> "SHA-256 of the token";
            case REQUEST -> "Id of the request";
        };
    }

    private static Html decision(JsonObject data) {
        var html = new Html();
        if (!(data.get("decision") instanceof JsonArray rules) || rules.isEmpty()) {
            return html;
        }
        html.open("section", "class", "card")
                .put("h2", "Rules of the policy")
                .open("table")
                .open("tbody");
        for (JsonValue rule : rules) {
            if (rule instanceof JsonObject object) {
                String outcome = text(object.get("outcome"));
                html.open("tr")
                        .put("th", text(object.get("rule")), "scope", "row")
                        .put("td", outcome, "class", outcome.equals("satisfied") ? "granted" : "refused")
                        .close("tr");
            }
        }
        return html.close("tbody").close("table").close("section");
    }

    private static Html granted(AuditEntry entry, JsonObject data, Optional<AuditEntry> ended) {
        var html = new Html();
        if (entry.expiresAt().isEmpty()) {
            return html;
        }
        html.add(pairs("What GitHub granted", "Permission", "Level", data.get("permissions")));
        html.open("section", "class", "card").put("h2", "Where, and until when").open("dl");
        String repositories = data.get("repositories") instanceof JsonArray list && !list.isEmpty()
                ? list.stream().map(EntryView::text).collect(Collectors.joining(", "))
                : "every repository of the installation";
        html.put("dt", "Repositories").put("dd", repositories);
        ended.ifPresent(revocation -> html.put("dt", word(revocation))
                .open("dd")
                .add(Times.of(revocation.at()))
                .text(" UTC, ")
                .put("a", "record " + revocation.place(), "href", "/exchanges/" + revocation.place())
                .close("dd"));
        entry.expiresAt()
                .ifPresent(end -> html.put("dt", ended.isPresent() ? "It would have been valid until" : "Until")
                        .open("dd")
                        .add(Times.of(end))
                        .text(" UTC")
                        .close("dd"));
        return html.close("dl").close("section");
    }

    private static String word(AuditEntry revocation) {
        return revocation.text(AuditField.OUTCOME).equals("taken-back") ? "Taken back" : "Given back";
    }

    private static Html pairs(String title, String of, String value, @Nullable JsonValue given) {
        var html = new Html();
        if (!(given instanceof JsonObject object) || object.isEmpty()) {
            return html;
        }
        html.open("section", "class", "card")
                .put("h2", title)
                .open("table")
                .open("thead")
                .open("tr");
        for (String name : List.of(of, value)) {
            html.put("th", name, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody");
        object.forEach((name, text) -> html.open("tr")
                .put("th", name, "scope", "row")
                .put("td", text(text))
                .close("tr"));
        return html.close("tbody").close("table").close("section");
    }

    private static Html rest(JsonObject data) {
        var html = new Html();
        var others =
                data.keySet().stream().filter(name -> !SHOWN.contains(name)).toList();
        if (others.isEmpty()) {
            return html;
        }
        html.open("section", "class", "card").put("h2", "More").open("dl");
        others.forEach(name -> html.put("dt", name).put("dd", text(data.get(name))));
        return html.close("dl").close("section");
    }

    private static String text(@Nullable JsonValue value) {
        return switch (value) {
            case JsonString string -> string.getString();
            case null -> "";
            default -> value.toString();
        };
    }
}
