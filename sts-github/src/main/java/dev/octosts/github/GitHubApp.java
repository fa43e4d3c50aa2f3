package dev.octosts.github;

import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A GitHub App that this service acts as, and the JWT that proves its identity to GitHub.
 *
 * <p>The JWT is signed once and reused, because a signature costs more than the rest of an exchange. While a key is
 * replaced by another, an App has both: the first one that GitHub accepts is in use.
 *
 * @see <a
 *     href="https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">GitHub:
 *     the JWT of an App</a>
 */
public final class GitHubApp {

    private static final Logger LOG = LoggerFactory.getLogger(GitHubApp.class);

    private final long id;
    private final List<Proof> proofs;
    private volatile int inUse;

    /** A key, and the JWT that it signs. */
    private record Proof(SigningKey key, JwtSource source) {}

    /**
     * An App whose key is in this process.
     *
     * @param id the App's id
     * @param key its RSA private key
     * @param clock decides when a JWT has to be renewed
     */
    public GitHubApp(long id, PrivateKey key, Clock clock) {
        this(id, new PemKey(key), clock);
    }

    /**
     * An App with one key, wherever it is.
     *
     * @param id the App's id
     * @param key its key
     * @param clock decides when a JWT has to be renewed
     */
    public GitHubApp(long id, SigningKey key, Clock clock) {
        this(new AppCredential(id, key), clock);
    }

    /**
     * An App.
     *
     * @param credential the App's id and its keys
     * @param clock decides when a JWT has to be renewed
     */
    public GitHubApp(AppCredential credential, Clock clock) {
        this(credential, clock, RenewedJwt.Later.onThisMachine());
    }

    /** With another timer for what is renewed ahead of need. */
    GitHubApp(AppCredential credential, Clock clock, RenewedJwt.Later later) {
        this.id = credential.appId();
        this.proofs = credential.keys().stream()
                .map(key -> new Proof(
                        key,
                        key.isRemote()
                                ? new RenewedJwt(credential.appId(), key, clock, later)
                                : new CallersJwt(credential.appId(), key, clock)))
                .toList();
    }

    /** The App's id. */
    public long id() {
        return id;
    }

    /**
     * Asks GitHub which App this is, with one key after the other. The first one that GitHub accepts is used from now on.
     *
     * @param question with a key, by its place in the configuration
     */
    AppStatus firstAccepted(IntFunction<AppStatus> question) {
        AppStatus status = new AppStatus.Rejected();
        for (int key = 0; key < proofs.size() && status instanceof AppStatus.Rejected; key++) {
            JwtSource source = proofs.get(key).source();
            AppJwt asked = source.inUse();
            status = question.apply(key);
            if (status instanceof AppStatus.Rejected && source.forget(asked)) {
                status = question.apply(key);
            }
            if (status instanceof AppStatus.Known) {
                use(key);
            }
        }
        return status;
    }

    /**
     * Asks with the key in use, and once more when GitHub does not accept it, because nothing was done then: with the other
     * key, or with a new signature of the only one, which may have been replaced where it is.
     *
     * @param question with a key, by its place in the configuration
     */
    <T> GitHubResult<T> ask(IntFunction<GitHubResult<T>> question) {
        int key = inUse;
        JwtSource source = proofs.get(key).source();
        AppJwt asked = source.inUse();
        GitHubResult<T> answer = question.apply(key);
        if (!isUnauthorized(answer)) {
            return answer;
        }
        boolean another = source.forget(asked);
        if (proofs.size() == 1) {
            return another ? question.apply(key) : answer;
        }
        int other = (key + 1) % proofs.size();
        GitHubResult<T> second = question.apply(other);
        if (!isUnauthorized(second)) {
            use(other);
        }
        return second;
    }

    private static boolean isUnauthorized(GitHubResult<?> answer) {
        return answer instanceof Failure<?>(var reason) && reason == Reason.UNAUTHORIZED;
    }

    private void use(int key) {
        if (key != inUse) {
            inUse = key;
            LOG.info(
                    "App {} uses {} from now on, which GitHub accepts",
                    id,
                    proofs.get(key).key().name());
        }
    }

    /**
     * A JWT that is valid for a while, of the key in use.
     *
     * @throws NoAnswerException.Unsigned when the key did not sign, so that GitHub cannot be asked
     */
    String jwt() {
        return jwtOf(inUse);
    }

    /** The same, of a certain key, by its place in the configuration. */
    String jwtOf(int key) {
        var proof = proofs.get(key);
        try {
            return proof.source().jwt();
        } catch (SigningException failed) {
            throw new NoAnswerException.Unsigned(
                    "App " + id + " cannot sign with " + proof.key().name() + ": " + failed.getMessage());
        }
    }

    @Override
    public String toString() {
        return "GitHubApp[" + id + "]";
    }
}
