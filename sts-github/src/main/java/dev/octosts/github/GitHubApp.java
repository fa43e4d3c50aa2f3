package dev.octosts.github;

import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final Clock clock;
    private final RenewedJwt.Later later;
    private volatile int inUse;
    private volatile Trouble trouble = Trouble.NONE;

    /** What keeps an App from asking GitHub, as far as the last question told. */
    public enum Trouble {
        NONE,
        /** GitHub accepts none of its keys. */
        REJECTED,
        /** Its key did not sign. */
        UNSIGNED
    }

    /**
     * A key that is in use.
     *
     * @param name as logs call it: with its provider, or the place where it is stored
     * @param fingerprint empty when it is not known
     */
    public record UsedKey(String name, Optional<String> fingerprint) {}

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
        this(credential, List.of(), clock, later);
    }

    /** @param known what there is already of its keys */
    private GitHubApp(AppCredential credential, List<Proof> known, Clock clock, RenewedJwt.Later later) {
        this.id = credential.appId();
        this.clock = clock;
        this.later = later;
        this.proofs = credential.keys().stream()
                .map(key -> known.stream()
                        .filter(proof -> proof.key().equals(key))
                        .findFirst()
                        .orElseGet(() -> proof(id, key, clock, later)))
                .toList();
    }

    private static Proof proof(long id, SigningKey key, Clock clock, RenewedJwt.Later later) {
        return new Proof(key, key.isRemote() ? new RenewedJwt(id, key, clock, later) : new CallersJwt(id, key, clock));
    }

    /**
     * This App with the keys that the operator gives it now. A key that it had before keeps its JWT, and stays in use
     * until GitHub is asked about the App again.
     *
     * @return this very App when its keys are the same
     */
    GitHubApp with(AppCredential credential) {
        if (credential.keys().equals(proofs.stream().map(Proof::key).toList())) {
            return this;
        }
        var changed = new GitHubApp(credential, proofs, clock, later);
        changed.inUse = Math.max(0, changed.proofs.indexOf(proofs.get(inUse)));
        return changed;
    }

    /**
     * Ends what this App does ahead of need, as far as no other App goes on with it.
     *
     * @param others the Apps from now on
     */
    void retire(List<GitHubApp> others) {
        Set<JwtSource> used = Collections.newSetFromMap(new IdentityHashMap<>());
        others.forEach(other -> other.proofs.forEach(proof -> used.add(proof.source())));
        proofs.stream()
                .map(Proof::source)
                .filter(source -> !used.contains(source))
                .forEach(JwtSource::end);
    }

    /** The App's id. */
    public long id() {
        return id;
    }

    /** The {@linkplain SigningKey#fingerprint fingerprint} of the key in use; empty when it is not known. */
    public Optional<String> fingerprint() {
        return keyInUse().fingerprint();
    }

    /** What keeps it from asking GitHub just now. */
    public Trouble trouble() {
        return trouble;
    }

    /** The key in use, as logs call it. */
    public UsedKey keyInUse() {
        var key = proofs.get(inUse).key();
        return new UsedKey(key.name(), key.fingerprint());
    }

    /**
     * Asks GitHub which App this is, with one key after the other. The first one that GitHub accepts is used from now
     * on.
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
                trouble = Trouble.NONE;
            }
        }
        if (status instanceof AppStatus.Rejected) {
            trouble = Trouble.REJECTED;
        }
        return status;
    }

    /**
     * Asks with the key in use. When GitHub does not accept the key, it has done nothing, and the question is asked
     * once more: with the other key or, if there is only one, with a new signature, because the key may have been
     * replaced in its file or key manager.
     *
     * @param question with a key, by its place in the configuration
     */
    <T> GitHubResult<T> ask(IntFunction<GitHubResult<T>> question) {
        int key = inUse;
        JwtSource source = proofs.get(key).source();
        AppJwt asked = source.inUse();
        GitHubResult<T> answer = question.apply(key);
        if (!isUnauthorized(answer)) {
            if (trouble != Trouble.NONE && answer instanceof GitHubResult.Success<T>) {
                trouble = Trouble.NONE;
            }
            return answer;
        }
        boolean another = source.forget(asked);
        if (proofs.size() == 1) {
            return judged(another ? question.apply(key) : answer);
        }
        int other = (key + 1) % proofs.size();
        GitHubResult<T> second = question.apply(other);
        if (!isUnauthorized(second)) {
            use(other);
        }
        return judged(second);
    }

    private <T> GitHubResult<T> judged(GitHubResult<T> last) {
        if (isUnauthorized(last)) {
            trouble = Trouble.REJECTED;
        } else if (last instanceof GitHubResult.Success<T>) {
            trouble = Trouble.NONE;
        }
        return last;
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
            trouble = Trouble.UNSIGNED;
            throw new NoAnswerException.Unsigned(
                    "App " + id + " cannot sign with " + proof.key().name() + ": " + failed.getMessage());
        }
    }

    @Override
    public String toString() {
        return "GitHubApp[" + id + "]";
    }
}
