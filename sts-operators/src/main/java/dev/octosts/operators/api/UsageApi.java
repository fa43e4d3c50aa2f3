package dev.octosts.operators.api;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.RecallRequests;
import dev.octosts.operators.http.Stores;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.PolicyNeeds;
import dev.octosts.operators.spi.RecallDesk.Recalled;
import dev.octosts.operators.spi.TokenUse;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What tokens were used for, and taking them back, for programs. */
public final class UsageApi {

    private final OperatorPorts ports;
    private final RecallRequests recall;

    /** Over the service. */
    public UsageApi(OperatorPorts ports) {
        this.ports = ports;
        this.recall = new RecallRequests(ports);
    }

    /** Its part of the table. */
    public List<OperatorRoute> routes() {
        return List.of(
                OperatorRoute.api("GET", "/api/records/{id}/usage", Need.VIEWER, this::ofToken),
                OperatorRoute.api("GET", "/api/policies/usage", Need.VIEWER, this::ofPolicy),
                OperatorRoute.api("POST", "/api/revoke", Need.OPERATOR, this::revoke));
    }

    private OperatorAnswer ofToken(OperatorCall call) throws StoreException {
        var place = AuditPlace.read(call.variable()).orElseThrow(() -> CallRefused.absent("record"));
        AuditEntry entry = Stores.audit(ports)
                .find(place, call.operator().views())
                .orElseThrow(() -> CallRefused.absent("record"));
        return OperatorAnswer.json(200, of(Stores.usage(ports).ofToken(entry)));
    }

    private OperatorAnswer ofPolicy(OperatorCall call) throws StoreException {
        String path = call.parameter("policy")
                .orElseThrow(() -> CallRefused.invalid("policy is missing: owner, repository and path"));
        return Stores.usage(ports)
                .ofPolicy(path, call.operator().views())
                .map(needs -> OperatorAnswer.json(200, of(needs)))
                .orElseThrow(() -> CallRefused.absent("policy"));
    }

    private OperatorAnswer revoke(OperatorCall call) throws StoreException {
        var wanted = recall.described(call.operator(), ApiBody.texts(call));
        Recalled recalled = recall.recall(call.operator(), wanted);
        return OperatorAnswer.json(
                200,
                ApiJson.object()
                        .add("revoked", recalled.revoked())
                        .add("gone", recalled.gone())
                        .add("unconfirmed", recalled.unconfirmed())
                        .add("unreadable", recalled.unreadable())
                        .add("left", recalled.left())
                        .build());
    }

    private static JsonObject of(TokenUse use) {
        JsonObjectBuilder json = ApiJson.object()
                .add("known", word(use.known()))
                .add("events", use.events())
                .add("whole", use.whole());
        use.first().ifPresent(time -> json.add("first", time.toString()));
        use.last().ifPresent(time -> json.add("last", time.toString()));
        json.add("actions", counts(use.actions()))
                .add("requests", counts(use.requests()))
                .add("repositories", counts(use.repositories()))
                .add("places", counts(use.places()));
        use.late()
                .ifPresent(late -> json.add(
                        "used_after_end",
                        ApiJson.object()
                                .add("run_id", late.run())
                                .add("ended", late.ended().toString())
                                .add("last", late.last().toString())
                                .add("events", late.events())));
        return json.build();
    }

    private static JsonObject of(PolicyNeeds needs) {
        JsonObjectBuilder json = ApiJson.object()
                .add("policy", needs.path())
                .add("blob", needs.blob())
                .add("tokens", needs.granted());
        needs.lastGranted().ifPresent(time -> json.add("last_token", time.toString()));
        json.add("permissions", ApiJson.list(needs.permissions(), UsageApi::of))
                .add("events", needs.events())
                .add("actions", counts(needs.actions()))
                .add("requests", counts(needs.requests()))
                .add("answers", counts(needs.answers()))
                .add("repositories", ApiJson.texts(needs.repositories()))
                .add("refused_repositories", ApiJson.texts(needs.refusedRepositories()))
                .add("unused_repositories", ApiJson.texts(needs.unusedRepositories()));
        var places = ApiJson.object();
        needs.newPlaces().forEach((place, first) -> places.add(place, first.toString()));
        json.add("new_places", places)
                .add(
                        "used_after_end",
                        ApiJson.list(
                                needs.late(),
                                late -> ApiJson.object()
                                        .add("token_sha256", late.token())
                                        .add("run_id", late.run())
                                        .add("ended", late.ended().toString())
                                        .add("last", late.last().toString())
                                        .add("events", late.events())
                                        .build()));
        needs.log().ifPresent(known -> json.add("log_known", of(known)));
        needs.requestLog().ifPresent(known -> json.add("requests_known", of(known)));
        if (!needs.enough().isEmpty()) {
            var enough = ApiJson.object();
            needs.enough().forEach(enough::add);
            json.add("enough", enough);
        }
        if (!needs.diff().isEmpty()) {
            json.add("diff", needs.diff());
        }
        if (!needs.note().isEmpty()) {
            json.add("note", needs.note());
        }
        return json.build();
    }

    private static JsonObject of(PolicyNeeds.KnownTime known) {
        return ApiJson.object()
                .add("from", known.from().toString())
                .add("until", known.until().toString())
                .build();
    }

    private static JsonObject of(PolicyNeeds.NeededPermission permission) {
        JsonObjectBuilder json =
                ApiJson.object().add("permission", permission.name()).add("granted", permission.granted());
        if (!permission.used().isEmpty()) {
            json.add("used", permission.used());
        }
        json.add("state", word(permission.need()));
        if (!permission.why().isEmpty()) {
            json.add("why", permission.why());
        }
        return json.build();
    }

    private static JsonObjectBuilder counts(Map<String, Long> counts) {
        var json = ApiJson.object();
        counts.forEach(json::add);
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
