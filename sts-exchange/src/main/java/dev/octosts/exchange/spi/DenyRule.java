package dev.octosts.exchange.spi;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the operator that stops callers. It stops a caller when every part of it fits; a part that is empty fits
 * always.
 *
 * @param id names the rule
 * @param target which requests it stops
 * @param caller whose requests it stops
 * @param reason why it was made; for the audit, never for callers
 * @param expiresAt when it ends; empty when somebody has to end it
 */
public record DenyRule(
        String id, DeniedTarget target, DeniedCaller caller, String reason, Optional<Instant> expiresAt) {

    /** At the end of a subject or the value of a claim: whatever follows. */
    private static final char ANYTHING = '*';

    /**
     * Requests.
     *
     * @param owner the account, in lower case; empty for any
     * @param repository the bare name, in lower case; empty for any, and for requests about the whole account
     * @param identity the name of a policy; empty for any
     */
    public record DeniedTarget(String owner, String repository, String identity) {

        /** Any request. */
        public static final DeniedTarget ANY = new DeniedTarget("", "", "");

        public DeniedTarget {
            owner = owner.toLowerCase(Locale.ROOT);
            repository = repository.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Callers. A {@code *} at the end of the subject or of the claim's value stands for any text.
     *
     * @param issuer the issuer, exactly; empty for any
     * @param subject the subject; empty for any
     * @param claim the name of a claim; empty for none
     * @param value the value of that claim
     */
    public record DeniedCaller(String issuer, String subject, String claim, String value) {

        /** Any caller. */
        public static final DeniedCaller ANY = new DeniedCaller("", "", "", "");
    }

    /**
     * A request that may be stopped.
     *
     * @param target what it is about; the repository is empty when it is about the whole account
     * @param issuer the verified issuer
     * @param subject the verified subject
     * @param claims finds a claim by its name
     */
    public record CheckedRequest(DeniedTarget target, String issuer, String subject, ClaimLookup claims) {}

    /** The claims of a verified token. */
    @FunctionalInterface
    public interface ClaimLookup {

        /** The value, as JSON has it; null when there is none. */
        @Nullable
        Object find(String name);
    }

    /** Whether the rule has no part at all, and so would stop everybody. */
    public boolean isEmpty() {
        return target.equals(DeniedTarget.ANY) && caller.equals(DeniedCaller.ANY);
    }

    /** Whether the rule stops every caller whom another one stops, as long as it is in force. */
    public boolean covers(DenyRule other) {
        return fits(target.owner(), other.target.owner())
                && fits(target.repository(), other.target.repository())
                && fits(target.identity(), other.target.identity())
                && fits(caller.issuer(), other.caller.issuer())
                && fitsPattern(caller.subject(), other.caller.subject())
                && fits(caller.claim(), other.caller.claim())
                && (caller.claim().isEmpty() || fitsPattern(caller.value(), other.caller.value()));
    }

    /** Whether the rule stops this request at this time. */
    boolean stops(CheckedRequest request, Instant now) {
        return fits(target.owner(), request.target().owner())
                && fits(target.repository(), request.target().repository())
                && fits(target.identity(), request.target().identity())
                && fits(caller.issuer(), request.issuer())
                && fitsPattern(caller.subject(), request.subject())
                && fitsClaim(request.claims())
                && expiresAt.filter(end -> !end.isAfter(now)).isEmpty();
    }

    private static boolean fits(String wanted, String given) {
        return wanted.isEmpty() || wanted.equals(given);
    }

    private static boolean fitsPattern(String wanted, String given) {
        if (wanted.isEmpty() || wanted.equals(given)) {
            return true;
        }
        int last = wanted.length() - 1;
        return wanted.charAt(last) == ANYTHING && given.startsWith(wanted.substring(0, last));
    }

    private boolean fitsClaim(ClaimLookup claims) {
        return caller.claim().isEmpty()
                || switch (claims.find(caller.claim())) {
                    case String text -> fitsPattern(caller.value(), text);
                    case Boolean flag -> fitsPattern(caller.value(), flag.toString());
                    case Number number -> fitsPattern(caller.value(), number.toString());
                    case Iterable<?> several -> contains(several);
                    case null, default -> false;
                };
    }

    private boolean contains(Iterable<?> several) {
        for (Object one : several) {
            if (one instanceof String text && fitsPattern(caller.value(), text)) {
                return true;
            }
        }
        return false;
    }
}
