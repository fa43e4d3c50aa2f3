package dev.octosts.github.key;

import dev.octosts.github.key.SigningException.SigningFault;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Takes an App's key into a key service. It is for the operator's hand, and nothing of it is repeated. */
public interface KeyImport {

    /** How long a call may take: services make keys of their own for it. */
    Duration PATIENCE = Duration.ofSeconds(30);

    /** The sizes that every service takes. GitHub's keys have the first one. */
    Set<Integer> SIZES = Set.of(2048, 3072, 4096);

    /**
     * What is wanted.
     *
     * @param name where the key shall be, as the operator wrote it
     * @param key the key; a secret
     * @param replace whether the name may have a key already, whose place this one takes
     */
    record ImportRequest(String name, KeyMaterial key, boolean replace) {

        /** The size of the key in bits. */
        public int bits() throws SigningException {
            if (!SIZES.contains(key.bits())) {
                throw new SigningException(
                        SigningFault.UNSUITABLE,
                        key.bits() + "-bits",
                        "key services take RSA keys of 2048, 3072 or 4096 bits; have GitHub make another one");
            }
            return key.bits();
        }
    }

    /**
     * The steps that {@link #take} makes, for people. It calls nothing.
     *
     * @throws SigningException when the name or the key is none that can be taken in
     */
    List<String> plan(ImportRequest wanted) throws SigningException;

    /**
     * Takes the key in.
     *
     * @return the name for {@code KMS_KEYS}
     * @throws SigningException when it cannot; what was made until then stays, and {@link SigningException#advice} says
     *     so
     */
    String take(ImportRequest wanted) throws SigningException;

    /** There is a key of the name already. */
    static SigningException taken(String advice) {
        return new SigningException(SigningFault.TAKEN, "", advice);
    }
}
