package dev.octosts.operators.access;

import dev.octosts.api.Egress;
import dev.octosts.api.Sha256;
import dev.octosts.exchange.OperatorProvider;
import dev.octosts.exchange.OperatorProvider.OperatorCheck;
import dev.octosts.exchange.ProviderUnavailableException;
import dev.octosts.operators.OperatorsSettings.Login;
import dev.octosts.policy.Claims;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The login of people by OpenID Connect: an authorization code with PKCE. The provider's answer must come to the
 * browser that began the login, once, and within ten minutes.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth">OpenID Connect Core: the
 *     Authorization Code Flow</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636, PKCE</a>
 */
public final class LoginFlow implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoginFlow.class);
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_PAGE = 1_000;

    private final OperatorProvider provider;
    private final Login login;
    private final Roles roles;
    private final Clock clock;
    private final CodeRedeemer redeemer;
    private final SecretKeySpec key;
    private final Map<String, Instant> used = new LinkedHashMap<>();

    /** Logins at a provider. */
    public LoginFlow(OperatorProvider provider, Login login, Roles roles, Egress egress, Clock clock) {
        this.provider = provider;
        this.login = login;
        this.roles = roles;
        this.clock = clock;
        this.redeemer = new CodeRedeemer(login, egress);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /**
     * A login that has begun.
     *
     * @param address where the browser goes
     * @param ticket what the browser keeps until it comes back
     */
    public record Begun(URI address, String ticket) {}

    /** How a login ends. */
    public sealed interface Ended {

        /** Somebody with a role is here. */
        record In(Operator operator, String to) implements Ended {}

        /** Somebody is here, and has no role. */
        record NoRole() implements Ended {}

        /** The login is not valid. */
        record Refused(String message) implements Ended {}

        /** The provider does not answer. */
        record Unavailable() implements Ended {}
    }

    /**
     * Begins a login.
     *
     * @param to the page to go on to; the first page when it is not one of this console
     * @throws ProviderUnavailableException when the provider has not said yet where people log in
     */
    public Begun begin(String to) throws ProviderUnavailableException {
        var ticket = LoginTicket.fresh(isOurs(to) ? to : "/", clock.instant().plus(LIFE));
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", login.clientId());
        query.put("redirect_uri", login.redirect().toString());
        query.put("scope", "openid profile email");
        query.put("state", ticket.state());
        query.put("nonce", ticket.nonce());
        query.put("code_challenge", challenge(ticket.verifier()));
        query.put("code_challenge_method", "S256");
        String address = provider.endpoints().authorization().toString();
        return new Begun(
                URI.create(address + (address.contains("?") ? "&" : "?") + CodeRedeemer.written(query)),
                ticket.signed(key));
    }

    /** A path of this server: nothing that a browser takes for the address of another one. */
    private static boolean isOurs(String to) {
        return to.length() <= LONGEST_PAGE
                && to.startsWith("/")
                && !to.startsWith("//")
                && to.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Ends a login with what the provider says.
     *
     * @param answer the parameters of the address that the browser came to
     * @param kept what the browser has kept
     */
    public Ended finish(Map<String, String> answer, String kept) {
        Optional<LoginTicket> ticket = LoginTicket.read(kept, key, clock.instant());
        if (ticket.isEmpty() || !ticket.get().state().equals(answer.getOrDefault("state", ""))) {
            return new Ended.Refused("this login was not begun in this browser, or it took too long; log in again");
        }
        if (!firstUse(ticket.get())) {
            return new Ended.Refused("this login was finished already; log in again");
        }
        // RFC 9207: an answer of another provider is not taken for one of ours.
        if (!answer.getOrDefault("iss", provider.issuer()).equals(provider.issuer())) {
            return new Ended.Refused("the answer is of another provider");
        }
        if (answer.containsKey("error") || answer.getOrDefault("code", "").isEmpty()) {
            return new Ended.Refused("the identity provider did not let you in");
        }
        return redeemed(ticket.get(), answer.getOrDefault("code", ""));
    }

    private synchronized boolean firstUse(LoginTicket ticket) {
        Instant now = clock.instant();
        used.values().removeIf(end -> !now.isBefore(end));
        if (used.size() >= MOST_REMEMBERED) {
            used.remove(used.keySet().iterator().next());
        }
        return used.putIfAbsent(ticket.state(), Instant.ofEpochSecond(ticket.end())) == null;
    }

    private Ended redeemed(LoginTicket ticket, String code) {
        try {
            return switch (redeemer.redeem(provider.endpoints(), code, ticket.verifier())) {
                case CodeRedeemer.Redeemed.IdToken(var text) -> checked(ticket, provider.check(text));
                case CodeRedeemer.Redeemed.Refused(var why) -> {
                    LOG.warn("the identity provider does not redeem a code: {}", why);
                    yield new Ended.Refused("the identity provider did not confirm the login; the log says why");
                }
                case CodeRedeemer.Redeemed.Unavailable(var why) -> {
                    LOG.warn("the identity provider does not answer: {}", why);
                    yield new Ended.Unavailable();
                }
            };
        } catch (ProviderUnavailableException failed) {
            LOG.warn("the identity provider does not answer: {}", failed.getMessage());
            return new Ended.Unavailable();
        }
    }

    private Ended checked(LoginTicket ticket, OperatorCheck checked) {
        return switch (checked) {
            case OperatorCheck.Valid(var claims, var _) -> entered(ticket, claims);
            case OperatorCheck.Refused(var why) -> {
                LOG.warn("an ID token is refused: {}", why);
                yield new Ended.Refused("the identity provider's token is not valid; the log says why");
            }
            case OperatorCheck.Unavailable(var why) -> {
                LOG.warn("an ID token cannot be checked: {}", why);
                yield new Ended.Unavailable();
            }
        };
    }

    private Ended entered(LoginTicket ticket, Claims claims) {
        boolean isForUs = claims.audiences().contains(login.clientId())
                && (claims.audiences().size() == 1
                        || login.clientId().equals(claims.all().get("azp")));
        if (!isForUs) {
            return new Ended.Refused("the identity provider's token is for another client");
        }
        if (!ticket.nonce().equals(claims.all().get("nonce"))) {
            return new Ended.Refused("the identity provider's token is of another login");
        }
        return roles.of(claims)
                .<Ended>map(operator -> new Ended.In(operator, ticket.to()))
                .orElseGet(() -> {
                    LOG.info("somebody logged in whose groups have no role");
                    return new Ended.NoRole();
                });
    }

    @Override
    public void close() {
        redeemer.close();
    }
}
