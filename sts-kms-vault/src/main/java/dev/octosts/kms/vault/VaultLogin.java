package dev.octosts.kms.vault;

import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls with a token that Vault accepts. One of a login is renewed when two thirds of its time are over, and replaced
 * by another login when that is refused. Signatures are made ahead of need, so nobody waits for this.
 */
final class VaultLogin {

    /** A token without an end is asked about now and then, too. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private final VaultApi api;
    private final LoginMethod method;
    private final Clock clock;
    private final ReentrantLock loggingIn = new ReentrantLock();
    private @Nullable Lease lease;

    VaultLogin(VaultApi api, LoginMethod method, Clock clock) {
        this.api = api;
        this.method = method;
        this.clock = clock;
    }

    /** A token of a login. */
    private record Lease(String token, boolean renewable, Instant due, Instant end) {

        @Override
        public String toString() {
            return "Lease[***]";
        }
    }

    /** Asks, and once more with another token: Vault answers a revoked token as it answers a lack of rights. */
    ServiceHttp.ServiceAnswer asked(String method, String path, String body) throws SigningException {
        return asked(token -> api.call(method, path, token, body));
    }

    /** As {@link #asked(String, String, String)}, with a limit of its own. */
    ServiceHttp.ServiceAnswer asked(String method, String path, String body, Duration longest) throws SigningException {
        return asked(token -> api.call(method, path, token, body, longest));
    }

    @FunctionalInterface
    private interface Question {
        ServiceHttp.ServiceAnswer ask(String token) throws SigningException;
    }

    private ServiceHttp.ServiceAnswer asked(Question question) throws SigningException {
        var token = token();
        var answer = question.ask(token);
        if (answer.status() == 403) {
            var another = tokenAfter(token);
            answer = another.equals(token) ? answer : question.ask(another);
        }
        if (answer.status() != 200 && answer.status() != 204) {
            throw VaultApi.fault(answer);
        }
        return answer;
    }

    private String token() throws SigningException {
        if (method instanceof LoginMethod.Token given) {
            return given.token();
        }
        loggingIn.lock();
        try {
            var now = clock.instant();
            var known = lease;
            if (known != null && now.isBefore(known.due())) {
                return known.token();
            }
            var next = known != null && known.renewable() && now.isBefore(known.end()) ? renewed(known) : login();
            lease = next;
            return next.token();
        } finally {
            loggingIn.unlock();
        }
    }

    /**
     * Another token after Vault has refused one, which may have been revoked; the same one when there is no other.
     *
     * @param refused the token
     */
    private String tokenAfter(String refused) throws SigningException {
        if (method instanceof LoginMethod.Token given) {
            return given.token();
        }
        loggingIn.lock();
        try {
            var known = lease;
            if (known == null || known.token().equals(refused)) {
                lease = login();
            }
            return token();
        } finally {
            loggingIn.unlock();
        }
    }

    private Lease renewed(Lease known) throws SigningException {
        var answer = api.call("POST", "auth/token/renew-self", known.token(), "{}");
        return answer.status() == 200 ? lease(answer) : login();
    }

    private Lease login() throws SigningException {
        var answer = switch (method) {
            case LoginMethod.Jwt jwt -> api.call("POST", path(jwt.mount()), "", jwt.body());
            case LoginMethod.AppRole role -> api.call("POST", path(role.mount()), "", role.body());
            case LoginMethod.Token _ -> throw new IllegalStateException("a token needs no login");
        };
        if (answer.status() == 200) {
            return lease(answer);
        }
        var fault = VaultApi.fault(answer);
        throw fault.fault().isPassing()
                ? fault
                : new SigningException(
                        SigningFault.UNAUTHENTICATED,
                        fault.code(),
                        "check the role, its bound service account or claims, and OCTOSTS_VAULT_AUTH_MOUNT");
    }

    private static String path(String mount) {
        return "auth/" + mount + "/login";
    }

    private Lease lease(ServiceHttp.ServiceAnswer answer) throws SigningException {
        var token =
                answer.text("auth", "client_token").orElseThrow(() -> new SigningException(SigningFault.FAILING, ""));
        long seconds = answer.number("auth", "lease_duration").orElse(0L);
        var time = seconds <= 0 || seconds > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(seconds);
        var now = clock.instant();
        return new Lease(
                token,
                answer.flag("auth", "renewable"),
                now.plus(time.multipliedBy(2).dividedBy(3)),
                now.plus(time));
    }
}
