package dev.octosts.sandbox.oidc;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** One document of an issuer as it is served: edited, or replaced by a fault, and counted. */
final class Served {
    private record Planned(IssuerFault fault, int times) {}

    private final Deque<Planned> faults = new ArrayDeque<>();
    private UnaryOperator<JsonObject> edit = UnaryOperator.identity();
    private String cacheControl = "max-age=0";
    private int hits;

    synchronized void edit(UnaryOperator<JsonObject> change) {
        edit = change;
    }

    synchronized void fault(IssuerFault fault, int times) {
        faults.addLast(new Planned(fault, times));
    }

    synchronized void clearFaults() {
        faults.clear();
    }

    synchronized void cacheControl(String value) {
        cacheControl = value;
    }

    synchronized int hits() {
        return hits;
    }

    synchronized Answer answer(JsonObject document) {
        hits++;
        var reply = Reply.json(200, edit.apply(document)).with("Cache-Control", cacheControl);
        var planned = faults.pollFirst();
        if (planned == null) {
            return reply;
        }
        if (planned.times() > 1) {
            faults.addFirst(new Planned(planned.fault(), planned.times() - 1));
        }
        return planned.fault().answer(reply);
    }
}
