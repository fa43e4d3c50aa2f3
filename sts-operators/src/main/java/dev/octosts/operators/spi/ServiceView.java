package dev.octosts.operators.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of this process, and what can be refreshed in it. Nothing of it calls GitHub or an issuer. */
public interface ServiceView {

    /** What there is to see. */
    State state();

    /** The remaining requests that GitHub has reported, by App and account. */
    List<InstallationQuota> quotas();

    /** Makes every remembered policy, file and installation stale, and reads the deny rules again. */
    void refresh();

    /** Forgets the keys of an issuer. */
    void forgetKeys(String issuer);

    /**
     * The state of the service.
     *
     * @param version of the program
     * @param domain its name
     * @param startedAt when the process began
     * @param records how the records do
     * @param denyRules whether the rules that stop callers are known
     */
    record State(
            String version,
            String domain,
            Instant startedAt,
            List<App> apps,
            List<Issuer> issuers,
            List<Cache> caches,
            Records records,
            String denyRules) {

        public State {
            apps = List.copyOf(apps);
            issuers = List.copyOf(issuers);
            caches = List.copyOf(caches);
        }
    }

    /**
     * An App.
     *
     * @param id its number
     * @param keyFingerprint of the key in use; empty when it is not known yet
     * @param trouble what keeps it from asking GitHub; empty when nothing does
     */
    record App(long id, Optional<String> keyFingerprint, Optional<String> trouble) {}

    /**
     * An issuer whose keys are in memory.
     *
     * @param keys how many
     * @param seenAt when they were last fetched
     * @param failing whether the last call brought nothing
     * @param proven whether it is in use
     */
    record Issuer(String issuer, int keys, Instant seenAt, boolean failing, boolean proven) {}

    /**
     * A cache.
     *
     * @param hits look-ups that found something
     * @param misses look-ups that did not
     */
    record Cache(String name, long hits, long misses) {}

    /**
     * How the records do.
     *
     * @param mode durable, async or off
     * @param written records that the database took from this process
     * @param waiting records that it does not have yet
     * @param lost records that were only counted
     * @param storeWorks whether the database takes records
     */
    record Records(String mode, long written, long waiting, long lost, boolean storeWorks) {}

    /**
     * The requests that an installation has left.
     *
     * @param appId the App
     * @param owner the account; empty when it is not known
     * @param resource what GitHub counts
     */
    record InstallationQuota(long appId, String owner, String resource, long limit, long remaining, Instant resetAt) {}
}
