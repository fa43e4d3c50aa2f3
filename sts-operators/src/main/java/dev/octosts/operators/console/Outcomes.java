package dev.octosts.operators.console;

import dev.octosts.operators.http.OperatorCall;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of changes, for the pages that browsers are sent on to after them: such a page can be loaded again, and
 * nothing is done twice. The last ones are in the memory of this process, as logins are; all are on record.
 */
final class Outcomes<T> {

    private static final int MOST = 100;

    private record Kept<T>(String operator, T outcome) {}

    private final LinkedHashMap<String, Kept<T>> kept = new LinkedHashMap<>();

    /** Keeps one for its operator. The answer is its name in addresses. */
    synchronized String keep(OperatorCall call, T outcome) {
        String name = UUID.randomUUID().toString();
        kept.put(name, new Kept<>(call.operator().name(), outcome));
        if (kept.size() > MOST) {
            kept.pollFirstEntry();
        }
        return name;
    }

    /** One that this operator has made. */
    synchronized Optional<T> find(OperatorCall call, String name) {
        return Optional.ofNullable(kept.get(name))
                .filter(one -> one.operator().equals(call.operator().name()))
                .map(Kept::outcome);
    }
}
