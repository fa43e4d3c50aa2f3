package dev.octosts.app.keys;

import dev.octosts.api.Egress;
import dev.octosts.github.key.Guard;
import dev.octosts.github.key.GuardedKey;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import dev.octosts.policy.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The key services that the operator's settings name. Making a key of a name loads and calls nothing: that happens with
 * its first signature.
 */
public final class KeyServices {

    private static final int LONGEST_NAME = 120;

    private final ProviderModules modules;
    private final Map<String, String> variables;
    private final Supplier<Egress> egress;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<String, Opened> opened = new HashMap<>();

    /**
     * The services of this distribution.
     *
     * @param variables the environment's; providers have variables of their own in it
     * @param egress how calls leave this process; asked for with the first signature
     */
    public KeyServices(Map<String, String> variables, Supplier<Egress> egress) {
        this(ProviderModules.ofThisProgram(), variables, egress);
    }

    KeyServices(ProviderModules modules, Map<String, String> variables, Supplier<Egress> egress) {
        this.modules = modules;
        this.variables = Map.copyOf(variables);
        this.egress = egress;
    }

    /**
     * A key.
     *
     * @param provider in lower case
     * @param name as the operator wrote it
     */
    public SigningKey key(String provider, String name) {
        return new GuardedKey(provider + " key " + name, () -> opened(provider).key(name));
    }

    /**
     * Where a secret is in the manager of secrets that belongs to a provider. Reading it is a call, and more when it
     * fails.
     *
     * @param name as the manager knows it
     * @param written as the operator wrote it
     */
    public SecretSource source(String provider, String name, String written) {
        return new InManager(this, provider, name, written);
    }

    /**
     * The text of a secret in the manager of secrets that belongs to a provider. This is a call, and more when it
     * fails.
     *
     * @param name as the operator wrote it
     */
    private String secret(String provider, String name) throws SigningException {
        return new Guard().call(() -> {
            var open = opened(provider);
            return inLoaderOf(open.provider(), () -> open.service().secret(name));
        });
    }

    /** What is done with a key service. */
    @FunctionalInterface
    public interface KeyServiceUse<T> {
        T of(KeyService service) throws SigningException;
    }

    /** Does something with a provider's service, once. */
    public <T> T use(String provider, KeyServiceUse<T> use) throws SigningException {
        var open = opened(provider);
        return inLoaderOf(open.provider(), () -> use.of(open.service()));
    }

    private Opened opened(String provider) throws SigningException {
        opening.lock();
        try {
            var known = opened.get(provider);
            if (known != null) {
                return known;
            }
            var found = modules.find(provider);
            var made = inLoaderOf(
                    found,
                    () -> new Opened(
                            found,
                            found.open(new KeyServiceProvider.Surroundings(variables, egress.get(), Clock.systemUTC())),
                            new HashMap<>()));
            opened.put(provider, made);
            return made;
        } finally {
            opening.unlock();
        }
    }

    private record InManager(KeyServices services, String provider, String name, String written)
            implements SecretSource {

        @Override
        public String place() {
            return written;
        }

        @Override
        public boolean isLocal() {
            return false;
        }

        @Override
        public byte[] read() {
            try {
                return services.secret(provider, name).getBytes(StandardCharsets.UTF_8);
            } catch (SigningException failed) {
                throw unreadable(ofSecret(failed));
            } catch (RuntimeException unexpected) {
                // Of a library of the provider. Its text may contain anything, and is not shown.
                throw unreadable("the library of " + provider + " fails with "
                        + unexpected.getClass().getName() + ", which this program does not expect; check the variables"
                        + " of that service, and report it");
            }
        }

        private IllegalArgumentException unreadable(String why) {
            return new IllegalArgumentException(
                    '"' + SafeText.line(written, LONGEST_NAME) + "\" cannot be read: " + why);
        }

        /** The same faults mean something else for a secret than for a key. */
        private static String ofSecret(SigningException failed) {
            var code = failed.code().isEmpty() ? "" : " (" + failed.code() + ")";
            boolean usual = failed.advice().equals(new SigningException(failed.fault(), "").advice());
            return switch (failed.fault()) {
                case UNSUITABLE ->
                    "the manager of secrets does not accept the name" + code + "; check the name and the version";
                case DENIED ->
                    "access is denied" + code
                            + "; let the service's identity read this secret: docs/key-management.md has the least"
                            + " rights";
                case NOT_FOUND ->
                    failed.getMessage() + "; "
                            + (usual
                                    ? "check the name of the secret, its region, project or vault, and its version"
                                    : failed.advice());
                default -> failed.getMessage() + "; " + failed.advice();
            };
        }

        @Override
        public String toString() {
            return written;
        }
    }

    private interface Step<T> {
        T take() throws SigningException;
    }

    /** Libraries look for their own parts with the loader of the thread. */
    private static <T> T inLoaderOf(KeyServiceProvider provider, Step<T> step) throws SigningException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(provider.getClass().getClassLoader());
        try {
            return step.take();
        } catch (LinkageError notWhole) {
            throw new SigningException(
                    SigningException.SigningFault.MISCONFIGURED,
                    notWhole.getClass().getSimpleName(),
                    "the folder lib/kms/" + provider.name() + " of this distribution is not whole; unpack it again");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A service with the keys that it was asked for, each of which knows what it has learnt. */
    private record Opened(KeyServiceProvider provider, KeyService service, Map<String, SigningKey> keys) {

        SigningKey key(String name) throws SigningException {
            synchronized (keys) {
                var known = keys.get(name);
                if (known != null) {
                    return known;
                }
                var made = new InItsLoader(provider, inLoaderOf(provider, () -> service.key(name)));
                keys.put(name, made);
                return made;
            }
        }
    }

    private record InItsLoader(KeyServiceProvider provider, SigningKey key) implements SigningKey {

        @Override
        public String name() {
            return key.name();
        }

        @Override
        public byte[] sign(byte[] content) throws SigningException {
            return inLoaderOf(provider, () -> key.sign(content));
        }

        @Override
        public Optional<RSAPublicKey> publicKey() throws SigningException {
            return inLoaderOf(provider, key::publicKey);
        }
    }
}
