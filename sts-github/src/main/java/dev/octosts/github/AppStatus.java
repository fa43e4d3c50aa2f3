package dev.octosts.github;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's answer to an App that asks for its own identity.
 *
 * @see <a href="https://docs.github.com/rest/apps/apps#get-the-authenticated-app">GitHub: get the authenticated App</a>
 */
public sealed interface AppStatus {

    /**
     * GitHub accepts the App's key.
     *
     * @param slug the App's name in GitHub's addresses
     */
    record Known(String slug) implements AppStatus {}

    /** GitHub does not accept the App's key: its answer is 401. */
    record Rejected() implements AppStatus {}

    /** GitHub gave no answer about the App's key. */
    record Unreachable(UnreachableCause cause) implements AppStatus {}

    /** The reason why GitHub gave no answer about the App's key, and the advice for the operator. */
    enum UnreachableCause {
        UNTRUSTED_CERTIFICATE(
                "its certificate is not trusted",
                "let SSL_CERT_FILE name a file with the certificate of the authority that issued it"),
        CONNECTION_REFUSED(
                "the connection is refused",
                "check the host and port of GITHUB_BASE_URL, and HTTPS_PROXY and NO_PROXY if calls go through a proxy"),
        NAME_NOT_FOUND(
                "its name cannot be resolved", "check the host of GITHUB_BASE_URL, and the resolver of this machine"),
        TIMED_OUT(
                "it does not answer in time",
                "check the firewall, and HTTPS_PROXY and NO_PROXY if calls go through a proxy"),
        NOT_AN_API(
                "what answers there is not GitHub's API",
                "check GITHUB_BASE_URL: that of an Enterprise Server ends in /api/v3"),
        NO_SUCH_APP(
                "it knows no App of this id",
                "check the id, and that GITHUB_BASE_URL is the server on which the App was made"),
        FORBIDDEN("it refuses with 403", "check its IP allow list, and the proxy if calls go through one"),
        LIMITED("it limits the rate of calls", "wait for the limit's end, and give the pool more Apps"),
        UNSIGNED(
                "it is not asked, because the App's key did not sign",
                "see the line about the key in the log, or run octo-sts key check"),
        FAILING(
                "it fails to answer",
                "wait, and look at githubstatus.com or at your server; no setting is known to be wrong");

        private final String what;
        private final String advice;

        UnreachableCause(String what, String advice) {
            this.what = what;
            this.advice = advice;
        }

        /** The fault, as a sentence whose subject is GitHub. */
        public String what() {
            return what;
        }

        /** The advice for the operator. */
        public String advice() {
            return advice;
        }

        static UnreachableCause of(@Nullable Throwable failure) {
            if (is(
                    failure,
                    CertificateException.class,
                    CertPathBuilderException.class,
                    CertPathValidatorException.class,
                    SSLPeerUnverifiedException.class)) {
                return UNTRUSTED_CERTIFICATE;
            }
            if (is(failure, SSLException.class)) {
                return NOT_AN_API;
            }
            if (is(failure, UnknownHostException.class)) {
                return NAME_NOT_FOUND;
            }
            if (is(failure, SocketTimeoutException.class)) {
                return TIMED_OUT;
            }
            return is(failure, ConnectException.class, NoRouteToHostException.class) ? CONNECTION_REFUSED : FAILING;
        }

        private static boolean is(@Nullable Throwable failure, Class<?>... types) {
            return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                    .limit(10)
                    .anyMatch(cause -> Stream.of(types).anyMatch(type -> type.isInstance(cause)));
        }
    }

    /** The advice when a key is rejected. */
    String REJECTED_ADVICE =
            "check that the private key is one of this App's and was not deleted at GitHub, that the id is"
                    + " right, and the clock of this machine";
}
