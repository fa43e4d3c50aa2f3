package dev.octosts.operators.http;

import dev.octosts.operators.access.Operator;
import dev.octosts.operators.access.OperatorSessions.LoggedIn;
import dev.octosts.operators.spi.Reach;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request that may go on to its route.
 *
 * @param operator who calls; {@link #STRANGER} where the route needs nobody
 * @param session the login; empty for programs and strangers
 * @param path as it was asked for
 * @param variable the text at the place of the path's variable; empty when there is none
 * @param query the parameters of the address
 * @param cookies by name
 * @param body the text of the body; empty when there is none
 */
public record OperatorCall(
        Operator operator,
        Optional<LoggedIn> session,
        String path,
        String variable,
        Map<String, String> query,
        Map<String, String> cookies,
        String body) {

    /** Nobody in particular. */
    public static final Operator STRANGER = new Operator("", Reach.NOTHING, Reach.NOTHING);

    /** A parameter of the address; empty when it is not there or has no text. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The same call without a parameter. */
    public OperatorCall without(String name) {
        var others = new LinkedHashMap<>(query);
        others.remove(name);
        return new OperatorCall(operator, session, path, variable, others, cookies, body);
    }

    /** The fields of a form that was posted. */
    public Map<String, String> form() {
        return UrlPairs.read(body);
    }

    /** What forms of a page must send back; empty without a login. */
    public String csrf() {
        return session.map(LoggedIn::csrf).orElse("");
    }
}
