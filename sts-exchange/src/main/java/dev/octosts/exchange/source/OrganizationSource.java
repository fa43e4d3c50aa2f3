package dev.octosts.exchange.source;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.exchange.cache.Loader.Loaded;
import dev.octosts.exchange.cache.RefreshingCache;
import dev.octosts.exchange.cache.RefreshingCache.Bounds;
import dev.octosts.exchange.cache.RefreshingCache.Lookup;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.exchange.source.Enforcement.Cause;
import dev.octosts.github.AppPools;
import dev.octosts.github.FileContent;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files that hold for a whole organization, and remembers them for five minutes. */
public final class OrganizationSource {

    private static final Logger LOG = LoggerFactory.getLogger(OrganizationSource.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final long MAXIMUM_BYTES = 16L * 1024 * 1024;
    private static final int SMALL = 512;
    private static final List<String> PATHS =
            List.of(OrganizationFile.TRUSTED_ISSUERS.path(), OrganizationFile.GUARDRAILS.path());

    private final String policyRepository;
    private final InstallationFallbackReader reader;
    private final LongSupplier nanoTime;
    private final RefreshingCache<String, Remembered, Files> cache;

    /** The result of one fetch of both files. */
    private record Files(Fetched<TrustedIssuers> trustedIssuers, Fetched<Guardrails> guardrails) {

        /** A fetch that found nothing out. */
        static Files none() {
            return new Files(new Fetched.Nothing<>(Cause.FAILED), new Fetched.Nothing<>(Cause.FAILED));
        }

        boolean areDefinitive() {
            return trustedIssuers.isDefinitive() && guardrails.isDefinitive();
        }

        boolean isUnknown() {
            return !trustedIssuers.isDefinitive() && !guardrails.isDefinitive();
        }
    }

    /** The cache entry of one organization. Each file has its own state. */
    private record Remembered(LastKnownGood<TrustedIssuers> trustedIssuers, LastKnownGood<Guardrails> guardrails) {

        static Remembered none() {
            return new Remembered(LastKnownGood.none(), LastKnownGood.none());
        }

        Remembered after(Files files, long now) {
            return new Remembered(
                    trustedIssuers.after(files.trustedIssuers(), now), guardrails.after(files.guardrails(), now));
        }

        OrganizationEnforcement rules(long now) {
            return new OrganizationEnforcement(trustedIssuers.enforcement(now), guardrails.enforcement(now));
        }

        int weight() {
            int weight = SMALL;
            if (trustedIssuers.good() instanceof Fetched.Present<TrustedIssuers>(var rules)) {
                weight += rules.weight();
            }
            if (guardrails.good() instanceof Fetched.Present<Guardrails>(var rules)) {
                weight += rules.weight();
            }
            return weight;
        }
    }

    /**
     * A source.
     *
     * @param reader reads files of repositories
     * @param pools the Apps that may read for an owner
     * @param installations the installations through which they may be read
     * @param policyRepository the repository of an organization that holds its organization-level files
     * @param nanoTime a clock that is never set
     * @param observer is notified of every lookup in the cache
     */
    public OrganizationSource(
            RepositoryReader reader,
            AppPools pools,
            Installations installations,
            String policyRepository,
            LongSupplier nanoTime,
            Consumer<CacheLookup> observer) {
        this(new OrganizationFiles.OnGitHub(reader, installations), pools, policyRepository, nanoTime, observer);
    }

    OrganizationSource(
            OrganizationFiles files,
            AppPools pools,
            String policyRepository,
            LongSupplier nanoTime,
            Consumer<CacheLookup> observer) {
        this.policyRepository = policyRepository.toLowerCase(Locale.ROOT);
        this.reader = new InstallationFallbackReader(files, pools, this.policyRepository, nanoTime);
        this.nanoTime = nanoTime;
        this.cache = new RefreshingCache<>(
                "organizations", new Bounds<>(MAXIMUM_BYTES, Remembered::weight), Files.none(), nanoTime, observer);
    }

    /**
     * Makes files that may have changed be read again. The last good version is kept: it counts when the new file turns
     * out to be invalid.
     */
    public void forget(RepositoryChanged changed) {
        if (changed.repository().equals(policyRepository) && PATHS.stream().anyMatch(changed::touches)) {
            cache.expireAll(changed.owner()::equals);
        }
    }

    /** Makes the files of all owners be read again. */
    public void forgetAll() {
        cache.expireAll(owner -> true);
    }

    /** Makes all files of an owner be read again. */
    public void forget(InstallationChanged changed) {
        cache.expireAll(changed.owner()::equals);
    }

    /**
     * How an owner's files bind, when that is known without a read. Only fresh entries count: older ones may be out of
     * date. An entry that is about to go stale is loaded again in the background.
     *
     * @param owner the account, in lower case
     */
    public Optional<OrganizationEnforcement> known(String owner) {
        return cache.fresh(owner, previous -> load(owner, reader.read(owner, PATHS), previous))
                .map(known -> known.rules(nanoTime.getAsLong()));
    }

    /** Whether nothing has to be read to know how an owner's files bind. */
    public boolean isKnown(String owner) {
        return cache.fresh(owner) != null;
    }

    /**
     * Begins to find out how an owner's files bind.
     *
     * @param reading how to read them, should it be necessary; other Apps of the pool are asked after that one
     * @return waits for the answer
     */
    public Supplier<OrganizationEnforcement> begin(ReadScope reading) {
        String owner = reading.route().owner();
        var pending = cache.begin(owner, previous -> load(owner, reader.read(reading, PATHS), previous));
        return () -> rules(owner, pending.await());
    }

    private OrganizationEnforcement rules(String owner, Lookup<Remembered, Files> lookup) {
        long now = nanoTime.getAsLong();
        return switch (lookup) {
            case Lookup.Known<Remembered, Files>(var known) -> known.rules(now);
            case Lookup.Unknown<Remembered, Files>(var files, var stale) -> {
                OrganizationEnforcement rules = orNone(stale).after(files, now).rules(now);
                LOG.warn(
                        "the files of the organization {} cannot be read: trusted issuers {}, guard rails {}",
                        owner,
                        described(rules.trustedIssuers()),
                        described(rules.guardrails()));
                yield rules;
            }
        };
    }

    private Loaded<Remembered, Files> load(
            String owner, Map<String, Fetched<FileContent>> fetched, @Nullable Remembered previous) {
        var files = new Files(
                OrganizationFile.TRUSTED_ISSUERS.rules(fetched, owner),
                OrganizationFile.GUARDRAILS.rules(fetched, owner));
        if (files.isUnknown()) {
            return new Loaded.Failed<>(files);
        }
        Remembered before = orNone(previous);
        Remembered after = before.after(files, nanoTime.getAsLong());
        warnOfRemoval(owner, OrganizationFile.TRUSTED_ISSUERS, before.trustedIssuers(), after.trustedIssuers());
        warnOfRemoval(owner, OrganizationFile.GUARDRAILS, before.guardrails(), after.guardrails());
        return new Loaded.Value<>(after, files.areDefinitive() ? FRESH : Duration.ZERO);
    }

    private static <T> void warnOfRemoval(
            String owner, OrganizationFile<T> file, LastKnownGood<T> before, LastKnownGood<T> after) {
        if (before.good() instanceof Fetched.Present<T> && after.latest() instanceof Fetched.Absent<T>) {
            LOG.warn("{} of {} does not apply any more", file.path(), owner);
        }
    }

    private static Remembered orNone(@Nullable Remembered known) {
        return known == null ? Remembered.none() : known;
    }

    private static <T> String described(Enforcement<T> enforcement) {
        return switch (enforcement) {
            case Enforcement.None<T> _ -> "there were none within the last hour";
            case Enforcement.InForce<T> _ -> "are the last that were known";
            case Enforcement.Invalid<T> _ -> "are unusable";
            case Enforcement.Unavailable<T>(var cause) -> "are not known (" + cause + ")";
        };
    }
}
