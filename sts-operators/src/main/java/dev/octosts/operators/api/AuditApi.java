package dev.octosts.operators.api;

import dev.octosts.api.AuditNote;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.AuditQuery;
import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.Stores;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.PolicyUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Records and policies, for programs. */
public final class AuditApi {

    /** Exports take the database's time from everybody. */
    private static final int EXPORTS_AT_ONCE = 2;

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 400;

    private final OperatorPorts ports;
    private final Semaphore exports = new Semaphore(EXPORTS_AT_ONCE);

    /** Over the records of the service. */
    public AuditApi(OperatorPorts ports) {
        this.ports = ports;
    }

    /** Its part of the table. */
    public List<OperatorRoute> routes() {
        return List.of(
                OperatorRoute.api("GET", "/api/records", Need.VIEWER, this::records),
                OperatorRoute.api("GET", "/api/records/{id}", Need.VIEWER, this::record),
                OperatorRoute.api("GET", "/api/export", Need.VIEWER, this::export),
                OperatorRoute.api("GET", "/api/policies", Need.VIEWER, this::policies));
    }

    private OperatorAnswer records(OperatorCall call) throws StoreException {
        AuditQuery query = AuditQuery.of(call);
        List<AuditEntry> found = Stores.audit(ports).search(query.filter(), query.behind(), query.limit());
        var json = ApiJson.object().add("records", ApiJson.list(found, ApiJson::of));
        if (found.size() == query.limit()) {
            json.add("next", found.getLast().place().toString());
        }
        return OperatorAnswer.json(200, json.build());
    }

    private OperatorAnswer record(OperatorCall call) throws StoreException {
        var place = AuditPlace.read(call.variable()).orElseThrow(() -> CallRefused.absent("record"));
        return Stores.audit(ports)
                .find(place, call.operator().views())
                .map(entry -> OperatorAnswer.json(200, ApiJson.of(entry)))
                .orElseThrow(() -> CallRefused.absent("record"));
    }

    private OperatorAnswer export(OperatorCall call) {
        var audit = Stores.audit(ports);
        AuditQuery query = AuditQuery.of(call.without("limit"));
        int most = AuditQuery.limit(call, AuditExport.MOST, AuditExport.MOST);
        AuditExport.ExportForm form = switch (call.parameter("format").orElse("ndjson")) {
            case "ndjson" -> AuditExport.ExportForm.NDJSON;
            case "csv" -> AuditExport.ExportForm.CSV;
            default -> throw CallRefused.invalid("format is ndjson or csv");
        };
        var details = new LinkedHashMap<>(query.parameters());
        details.values().removeIf(String::isEmpty);
        details.put("format", form.name().toLowerCase(Locale.ROOT));
        ports.notes()
                .accept(new AuditNote(
                        AuditNote.About.OPERATOR,
                        "export",
                        details.getOrDefault("owner", ""),
                        call.operator().name(),
                        Map.copyOf(details),
                        ports.clock().instant()));
        if (!exports.tryAcquire()) {
            throw CallRefused.unavailable(EXPORTS_AT_ONCE + " exports are under way; try again in a moment");
        }
        String type = switch (form) {
            case NDJSON -> "application/x-ndjson";
            case CSV -> "text/csv; charset=utf-8";
        };
        return OperatorAnswer.download(
                type,
                "octo-sts-records." + details.get("format"),
                out -> AuditExport.write(audit, query, most, form, out),
                exports::release);
    }

    private OperatorAnswer policies(OperatorCall call) throws StoreException {
        int limit = AuditQuery.limit(call, AuditQuery.MOST, AuditQuery.MOST);
        List<PolicyUse> found = Stores.audit(ports)
                .policies(
                        call.operator().views(),
                        AuditQuery.number(call, "days", USUAL_DAYS, MOST_DAYS),
                        call.parameter("unused").filter("true"::equals).isPresent(),
                        call.parameter("after").orElse(""),
                        limit);
        var json = ApiJson.object().add("policies", ApiJson.list(found, ApiJson::of));
        if (found.size() == limit) {
            json.add("next", found.getLast().path());
        }
        return OperatorAnswer.json(200, json.build());
    }
}
