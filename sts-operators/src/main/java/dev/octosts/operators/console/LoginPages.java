package dev.octosts.operators.console;

import dev.octosts.api.AuditNote;
import dev.octosts.exchange.OperatorProvider;
import dev.octosts.exchange.ProviderUnavailableException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.LoginFlow;
import dev.octosts.operators.access.LoginFlow.Begun;
import dev.octosts.operators.access.LoginFlow.Ended;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.access.Operator;
import dev.octosts.operators.access.OperatorSessions;
import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages on which people come and go. */
public final class LoginPages {

    /** Where a login begins. */
    public static final String LOGIN = "/login";

    private static final Logger LOG = LoggerFactory.getLogger(LoginPages.class);
    private static final String TICKET_LIFE = "600";

    private final LoginFlow flow;
    private final OperatorProvider provider;
    private final OperatorSessions sessions;
    private final boolean secure;
    private final OperatorPorts ports;

    /**
     * Logins of a flow.
     *
     * @param provider knows where its own logins end
     * @param secure whether browsers come over TLS
     */
    public LoginPages(
            LoginFlow flow, OperatorProvider provider, OperatorSessions sessions, boolean secure, OperatorPorts ports) {
        this.flow = flow;
        this.provider = provider;
        this.sessions = sessions;
        this.secure = secure;
        this.ports = ports;
    }

    /** Their part of the table. */
    public List<OperatorRoute> routes() {
        return List.of(
                OperatorRoute.page("GET", LOGIN, Need.NOTHING, this::begin),
                OperatorRoute.page("GET", "/login/callback", Need.NOTHING, this::finish),
                OperatorRoute.page("POST", "/logout", Need.VIEWER, this::end));
    }

    /** The name of the cookie with the session. With TLS no other host and no other path can set it. */
    public static String sessionCookie(boolean secure) {
        return (secure ? "__Host-" : "") + "octosts-session";
    }

    private static String ticketCookie(boolean secure) {
        return (secure ? "__Host-" : "") + "octosts-login";
    }

    /** Lax, because the browser comes back from the provider, which is another site. */
    private String cookie(String name, String value, String more) {
        return name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "") + more;
    }

    private OperatorAnswer begin(OperatorCall call) {
        try {
            Begun begun = flow.begin(call.parameter("to").orElse("/"));
            return OperatorAnswer.seeOther(begun.address().toString())
                    .withCookie(cookie(ticketCookie(secure), begun.ticket(), "; Max-Age=" + TICKET_LIFE));
        } catch (ProviderUnavailableException down) {
            LOG.warn("nobody can log in: the identity provider does not answer: {}", down.getMessage());
            throw unavailable();
        }
    }

    private static CallRefused unavailable() {
        return CallRefused.unavailable("the identity provider does not answer; try again in a moment");
    }

    private OperatorAnswer finish(OperatorCall call) {
        String ticket = call.cookies().getOrDefault(ticketCookie(secure), "");
        OperatorAnswer answer = switch (flow.finish(call.query(), ticket)) {
            case Ended.In(var operator, var to) -> entered(operator, to);
            case Ended.NoRole() ->
                failure(403, "you are logged in at the provider, and none of your groups has a role here");
            case Ended.Refused(var message) -> failure(400, message);
            case Ended.Unavailable() -> failure(503, unavailable().text());
        };
        return answer.withCookie(cookie(ticketCookie(secure), "", "; Max-Age=0"));
    }

    private OperatorAnswer entered(Operator operator, String to) {
        String id = sessions.begin(operator);
        note("login", operator);
        return OperatorAnswer.seeOther(to).withCookie(cookie(sessionCookie(secure), id, ""));
    }

    private static OperatorAnswer failure(int status, String message) {
        return OperatorAnswer.page(status, ErrorPage.of(status, message));
    }

    private OperatorAnswer end(OperatorCall call) {
        Optional.ofNullable(call.cookies().get(sessionCookie(secure))).ifPresent(sessions::end);
        note("logout", call.operator());
        var html = new Html()
                .put("p", "You are logged out of this console.")
                .open("p")
                .put("a", "Log in again", "href", LOGIN)
                .close("p");
        endAtProvider()
                .ifPresent(address -> html.open("p")
                        .put("a", "Log out of the identity provider, too", "href", address.toString())
                        .close("p"));
        return OperatorAnswer.page(200, ConsoleFrame.plain("Logged out", html))
                .withCookie(cookie(sessionCookie(secure), "", "; Max-Age=0"));
    }

    private Optional<URI> endAtProvider() {
        try {
            return provider.endpoints().endSession();
        } catch (ProviderUnavailableException _) {
            return Optional.empty();
        }
    }

    private void note(String action, Operator operator) {
        ports.notes()
                .accept(new AuditNote(
                        AuditNote.About.OPERATOR,
                        action,
                        "",
                        operator.name(),
                        Map.of("role", operator.role()),
                        ports.clock().instant()));
    }
}
