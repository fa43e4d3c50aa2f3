package dev.octosts.operators.api;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.DenyRequests;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.ProgramFiles;
import dev.octosts.operators.http.Refreshing;
import dev.octosts.operators.spi.Reach;
import dev.octosts.operators.spi.ServiceView.InstallationQuota;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/** The state of the service, what can be refreshed in it, and the rules that stop callers, for programs. */
public final class StateApi {

    private static final String DESCRIPTION = ProgramFiles.text("openapi.yaml");

    private final OperatorPorts ports;
    private final DenyRequests deny;
    private final Refreshing refreshing;

    /** Over the service. */
    public StateApi(OperatorPorts ports) {
        this.ports = ports;
        this.deny = new DenyRequests(ports);
        this.refreshing = new Refreshing(ports);
    }

    /** Its part of the table. */
    public List<OperatorRoute> routes() {
        return List.of(
                OperatorRoute.api(
                        "GET",
                        "/api/openapi.yaml",
                        Need.VIEWER,
                        call -> OperatorAnswer.file("application/yaml", DESCRIPTION)),
                OperatorRoute.api("GET", "/api/me", Need.VIEWER, StateApi::me),
                OperatorRoute.api("GET", "/api/now", Need.VIEWER, this::now),
                OperatorRoute.api("GET", "/api/state", Need.VIEWER_OF_ALL, this::state),
                OperatorRoute.api("POST", "/api/refresh", Need.OPERATOR_OF_ALL, this::refresh),
                OperatorRoute.api("GET", "/api/deny", Need.VIEWER, this::rules),
                OperatorRoute.api("POST", "/api/deny", Need.OPERATOR, this::add),
                OperatorRoute.api("DELETE", "/api/deny/{id}", Need.OPERATOR, this::remove));
    }

    private static OperatorAnswer me(OperatorCall call) {
        return OperatorAnswer.json(
                200,
                ApiJson.object()
                        .add("name", call.operator().name())
                        .add("role", call.operator().role())
                        .add("views", reach(call.operator().views()))
                        .add("changes", reach(call.operator().changes()))
                        .build());
    }

    private static JsonObject reach(Reach reach) {
        return ApiJson.object()
                .add("everything", reach.everything())
                .add(
                        "owners",
                        Json.createArrayBuilder(reach.owners().stream().sorted().toList()))
                .build();
    }

    private OperatorAnswer now(OperatorCall call) {
        Reach views = call.operator().views();
        List<InstallationQuota> quotas = ports.service().quotas().stream()
                .filter(quota -> views.includes(quota.owner()))
                .toList();
        return OperatorAnswer.json(200, ApiJson.of(ports.traffic().hour(views), quotas));
    }

    private OperatorAnswer state(OperatorCall call) {
        return OperatorAnswer.json(200, ApiJson.of(ports.service().state()));
    }

    private OperatorAnswer refresh(OperatorCall call) {
        refreshing.refresh(call.operator(), ApiBody.texts(call).getOrDefault("issuer", ""));
        return OperatorAnswer.json(200, ApiJson.object().add("refreshed", true).build());
    }

    private OperatorAnswer rules(OperatorCall call) throws StoreException {
        return OperatorAnswer.json(
                200,
                ApiJson.object()
                        .add("rules", ApiJson.list(deny.seen(call.operator()), ApiJson::of))
                        .build());
    }

    private OperatorAnswer add(OperatorCall call) throws StoreException {
        DenyRule rule = deny.described(call.operator(), ApiBody.texts(call));
        deny.add(call.operator(), rule);
        return OperatorAnswer.json(201, ApiJson.parts(rule).build());
    }

    private OperatorAnswer remove(OperatorCall call) throws StoreException {
        deny.remove(call.operator(), call.variable(), call.parameter("reason").orElse(""));
        return OperatorAnswer.json(
                200, ApiJson.object().add("removed", call.variable()).build());
    }
}
