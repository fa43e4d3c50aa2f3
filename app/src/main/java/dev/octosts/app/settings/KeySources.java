package dev.octosts.app.settings;

import dev.octosts.app.keys.KeyServices;
import dev.octosts.app.keys.Rereadings;
import dev.octosts.app.keys.SecretSource;
import dev.octosts.app.keys.StoredKey;
import dev.octosts.github.AppCredential;
import dev.octosts.github.key.SigningKey;
import java.security.PrivateKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes what keys and secrets the operator names. A key that is named again, also when a file is read again, is the
 * very key that there is: it keeps what it has learnt, and Apps that have it keep their JWTs.
 */
final class KeySources {

    private final KeyServices services;
    private final Rereadings rereadings = new Rereadings();
    private final Map<String, StoredKey> stored = new ConcurrentHashMap<>();
    private final Map<List<String>, SigningKey> inServices = new ConcurrentHashMap<>();

    KeySources(KeyServices services) {
        this.services = services;
    }

    /**
     * A key in a file or in a manager of secrets; the latter is a call when it is named for the first time.
     *
     * @param place a path, or a {@link SecretReference}
     * @throws IllegalArgumentException when there is no sound key
     */
    SigningKey stored(String place) {
        var known = stored.get(place);
        if (known != null) {
            return known;
        }
        var made = new StoredKey(
                SecretReference.read(place)
                        .map(reference -> source(reference, Pem.MAX_LENGTH))
                        .orElseGet(() -> new FileSource(place, place, Pem.MAX_LENGTH)),
                content -> rsaKey(place, content),
                rereadings);
        stored.put(place, made);
        return made;
    }

    private static PrivateKey rsaKey(String place, byte[] content) {
        try {
            return Pem.rsaKey(content);
        } catch (IllegalArgumentException refused) {
            boolean reference = SecretReference.read(place).isPresent();
            throw new IllegalArgumentException(
                    (reference ? "" : "the file ") + SettingFault.quoted(place) + ": " + refused.getMessage(), refused);
        }
    }

    /** A key that never leaves its service. Nothing is called. */
    SigningKey inService(String provider, String name) {
        return inServices.computeIfAbsent(List.of(provider, name), _ -> services.key(provider, name));
    }

    /**
     * Where a secret is.
     *
     * @param limit of its size, in bytes
     */
    SecretSource source(SecretReference reference, int limit) {
        return switch (reference) {
            case SecretReference.InFile(var written, var path) -> new FileSource(written, path, limit);
            case SecretReference.InManager(var written, var provider, var name) ->
                services.source(provider, name, written);
        };
    }

    /** Where a secret of a provider's own manager of secrets is. */
    SecretSource inManager(String provider, String name) {
        return services.source(provider, name, name);
    }

    /** What becomes of changes of what was made here, and of what else is read again with it. */
    Rereadings rereadings() {
        return rereadings;
    }

    /** The keys that are read again. */
    Collection<StoredKey> stored() {
        return stored.values();
    }

    /** Forgets the keys that no App has any more. */
    void keepOnly(Map<String, List<AppCredential>> apps) {
        Set<SigningKey> used = new HashSet<>();
        apps.values().forEach(pool -> pool.forEach(app -> used.addAll(app.keys())));
        stored.values().removeIf(key -> !used.contains(key));
        inServices.values().removeIf(key -> !used.contains(key));
    }

    /**
     * A file.
     *
     * @param place as the operator wrote it
     */
    record FileSource(String place, String path, int limit) implements SecretSource {

        @Override
        public String provider() {
            return "file";
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public byte[] read() {
            return BoundedFile.bytes(path, limit);
        }
    }
}
