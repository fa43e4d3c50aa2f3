package dev.octosts.github.key;

import java.util.regex.Pattern;

/**
 * There is no signature. The message has the kind of fault and the code of the key service; never its answer, which may
 * contain anything.
 */
public final class SigningException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,80}");

    private final SigningFault fault;
    private final String code;
    private final String advice;

    /**
     * A fault with the usual advice.
     *
     * @param code the service's own name for it; anything but a short word is left out
     */
    public SigningException(SigningFault fault, String code) {
        this(fault, code, fault.advice);
    }

    /**
     * A fault with other advice.
     *
     * @param advice what the operator can do, in our own words
     */
    public SigningException(SigningFault fault, String code, String advice) {
        super(fault.what + (CODE.matcher(code).matches() ? " (" + code + ")" : ""), null, false, false);
        this.fault = fault;
        this.code = CODE.matcher(code).matches() ? code : "";
        this.advice = advice;
    }

    /** The kinds of faults. */
    public enum SigningFault {
        MISCONFIGURED("the key service is not configured", false, "see docs/key-management.md"),
        UNAUTHENTICATED(
                "the key service does not accept this service's identity",
                false,
                "check the identity that the process runs with, and that it has not expired"),
        DENIED(
                "access is denied",
                false,
                "let the service's identity sign with this key: docs/key-management.md has the least rights"),
        NOT_FOUND(
                "there is none of this name",
                false,
                "check the name of the key, its region or project, and its version"),
        DISABLED("it is disabled or being deleted", false, "enable it, or name another one"),
        TAKEN("there is a key of this name already", false, "give another name"),
        UNSUITABLE(
                "the key cannot sign with RSA, PKCS#1 v1.5 and SHA-256, or has fewer than 2048 bits",
                false,
                "give the key that GitHub has made for the App, imported for signing"),
        CLOCK("this machine's clock is not the key service's", false, "set the clock by NTP"),
        THROTTLED("the key service limits the rate of calls", true, "wait, or ask for a higher quota"),
        TIMED_OUT("the key service does not answer in time", true, "check the network between the two"),
        UNREACHABLE(
                "the key service cannot be reached",
                true,
                "check its address, the firewall, and HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE"),
        FAILING("the key service fails", true, "wait, and look at its own status"),
        SUSPENDED("the key service is not asked, after failures in a row", true, "see the lines before this one"),
        FALSE_SIGNATURE(
                "the signature does not fit the public key",
                false,
                "do not use this key: ask the operator of the key service");

        private final String what;
        private final boolean passing;
        private final String advice;

        SigningFault(String what, boolean passing, String advice) {
            this.what = what;
            this.passing = passing;
            this.advice = advice;
        }

        /** Whether it may be over in a moment, without a change by the operator. */
        public boolean isPassing() {
            return passing;
        }
    }

    /** The kind of fault. */
    public SigningFault fault() {
        return fault;
    }

    /** The service's own code; empty when it has none. */
    public String code() {
        return code;
    }

    /** What the operator can do. */
    public String advice() {
        return advice;
    }
}
