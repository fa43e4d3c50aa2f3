package dev.octosts.app.cli.operator;

import dev.octosts.app.usage.PolicyProposal;
import dev.octosts.app.usage.UsageReport;
import dev.octosts.app.usage.UsageReport.PolicyReport;
import dev.octosts.policy.text.SafeText;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * The report for programs: one JSON object. Apart from the command, so that the library of JSON is not loaded with it.
 */
final class UsageJson {

    private UsageJson() {}

    static String of(UsageReport report, String owner, PolicyVersions files) {
        var windows = Json.createArrayBuilder();
        report.windows()
                .forEach(window -> windows.add(Json.createObjectBuilder()
                        .add("owner", window.owner())
                        .add("kind", window.kind().wireName())
                        .add("from", window.from().toString())
                        .add("until", window.until().toString())));
        var policies = Json.createArrayBuilder();
        report.policies().stream()
                .filter(policy -> isOf(policy, owner))
                .forEach(policy -> policies.add(policy(policy, files)));
        var json = Json.createObjectBuilder().add("at", report.at().toString());
        report.recordsSince().ifPresent(first -> json.add("records_since", first.toString()));
        json.add("known", windows)
                .add("policies", policies)
                .add("unused_30_days", unused(report, owner, 30))
                .add("unused_90_days", unused(report, owner, 90));
        return SafeText.json(json.build().toString()) + "\n";
    }

    private static boolean isOf(PolicyReport policy, String owner) {
        return owner.isEmpty() || policy.target().owner().equalsIgnoreCase(owner);
    }

    private static JsonArrayBuilder unused(UsageReport report, String owner, int days) {
        return texts(report.unusedFor(Duration.ofDays(days)).stream()
                .filter(policy -> isOf(policy, owner))
                .map(PolicyReport::path)
                .toList());
    }

    private static JsonObjectBuilder policy(PolicyReport policy, PolicyVersions files) {
        var permissions = Json.createArrayBuilder();
        policy.permissions().forEach(one -> {
            var json = Json.createObjectBuilder()
                    .add("permission", one.name())
                    .add("granted", one.granted().wireName());
            one.used().ifPresent(level -> json.add("used", level.wireName()));
            json.add("state", one.state().name().toLowerCase(Locale.ROOT));
            if (!one.why().isEmpty()) {
                json.add("why", one.why());
            }
            permissions.add(json);
        });
        var places = Json.createArrayBuilder();
        policy.newPlaces()
                .forEach(place -> places.add(Json.createObjectBuilder()
                        .add("place", place.place())
                        .add("first", place.first().toString())));
        var late = Json.createArrayBuilder();
        policy.late()
                .forEach(use -> late.add(Json.createObjectBuilder()
                        .add("token_sha256", use.token())
                        .add("run_id", use.run())
                        .add("ended", use.ended().toString())
                        .add("last", use.last().toString())
                        .add("events", use.events())));
        var json = Json.createObjectBuilder()
                .add("policy", policy.path())
                .add("blob", policy.blob())
                .add("owner", policy.target().owner())
                .add("repository", policy.target().repository())
                .add("identity", policy.target().identity())
                .add("tokens", policy.grants());
        policy.lastGrant().ifPresent(last -> json.add("last_token", last.toString()));
        json.add("permissions", permissions)
                .add("events", policy.events())
                .add("actions", counts(policy.actions()))
                .add("requests", counts(policy.requests()))
                .add("repositories", texts(policy.repositories()))
                .add("refused_repositories", texts(policy.refusedRepositories()))
                .add("unused_repositories", texts(policy.unusedRepositories()))
                .add("unknown", counts(policy.unknown()))
                .add("new_places", places)
                .add("used_after_end", late);
        if (policy.isTooWide()) {
            var enough = Json.createObjectBuilder();
            policy.enough().forEach((name, level) -> enough.add(name, level.wireName()));
            PolicyProposal proposal = files.of(policy);
            json.add("enough", enough);
            json.add(
                    proposal.note().isEmpty() ? "diff" : "note",
                    proposal.note().isEmpty() ? proposal.diff() : proposal.note());
        }
        return json;
    }

    private static JsonObjectBuilder counts(Map<String, Long> counts) {
        var json = Json.createObjectBuilder();
        counts.forEach(json::add);
        return json;
    }

    private static JsonArrayBuilder texts(Collection<String> texts) {
        var json = Json.createArrayBuilder();
        texts.forEach(json::add);
        return json;
    }
}
