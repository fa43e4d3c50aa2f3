package dev.octosts.exchange.source;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.exchange.cache.Loaded;
import dev.octosts.exchange.cache.Lookup;
import dev.octosts.exchange.cache.RefreshingCache;
import dev.octosts.exchange.cache.RefreshingCache.Bounds;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.exchange.source.InstallationFallbackReader.Seen;
import dev.octosts.exchange.source.OrganizationKnowledge.Look;
import dev.octosts.github.AppPools;
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
    private static final List<String> PATHS =
            List.of(OrganizationFile.TRUSTED_ISSUERS.path(), OrganizationFile.GUARDRAILS.path());

    private final String policyRepository;
    private final InstallationFallbackReader reader;
    private final LongSupplier nanoTime;
    private final RefreshingCache<String, OrganizationKnowledge, Look> cache;

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
        this(new OrganizationFilesOnGitHub(reader, installations), pools, policyRepository, nanoTime, observer);
    }

    OrganizationSource(
            OrganizationFiles questions,
            AppPools pools,
            String policyRepository,
            LongSupplier nanoTime,
            Consumer<CacheLookup> observer) {
        this.policyRepository = policyRepository.toLowerCase(Locale.ROOT);
        this.reader = new InstallationFallbackReader(questions, pools, this.policyRepository, nanoTime);
        this.nanoTime = nanoTime;
        this.cache = new RefreshingCache<>(
                "organizations",
                new Bounds<>(MAXIMUM_BYTES, OrganizationKnowledge::weight),
                Look.vain(Cause.FAILED),
                nanoTime,
                observer);
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
        return cache.glance(owner, previous -> load(owner, reader.look(owner, PATHS), previous))
                .map(known -> known.rules(nanoTime.getAsLong()));
    }

    /** Whether nothing has to be read to know how an owner's files bind. */
    public boolean isKnown(String owner) {
        return cache.peek(owner) != null;
    }

    /**
     * Begins to find out how an owner's files bind.
     *
     * @param reading how to read them, should it be necessary; other Apps of the pool are asked after that one
     * @return waits for the answer
     */
    public Supplier<OrganizationEnforcement> begin(ReadScope reading) {
        String owner = reading.route().owner();
        var asked = cache.ask(owner, previous -> load(owner, reader.look(reading, PATHS), previous));
        return () -> rules(owner, asked.await());
    }

    private OrganizationEnforcement rules(String owner, Lookup<OrganizationKnowledge, Look> lookup) {
        long now = nanoTime.getAsLong();
        return switch (lookup) {
            case Lookup.Known<OrganizationKnowledge, Look>(var known) -> known.rules(now);
            case Lookup.Unknown<OrganizationKnowledge, Look>(var vain, var stale) -> {
                OrganizationEnforcement rules = orNone(stale).after(vain, now).rules(now);
                LOG.warn(
                        "the files of the organization {} cannot be read: trusted issuers {}, guard rails {}",
                        owner,
                        described(rules.trustedIssuers()),
                        described(rules.guardrails()));
                yield rules;
            }
        };
    }

    private Loaded<OrganizationKnowledge, Look> load(
            String owner, Map<String, Seen> seen, @Nullable OrganizationKnowledge previous) {
        var look =
                new Look(OrganizationFile.TRUSTED_ISSUERS.in(seen, owner), OrganizationFile.GUARDRAILS.in(seen, owner));
        if (look.isVain()) {
            return new Loaded.Failed<>(look);
        }
        OrganizationKnowledge before = orNone(previous);
        OrganizationKnowledge after = before.after(look, nanoTime.getAsLong());
        warnOfRemoval(owner, OrganizationFile.TRUSTED_ISSUERS, before.trustedIssuers(), after.trustedIssuers());
        warnOfRemoval(owner, OrganizationFile.GUARDRAILS, before.guardrails(), after.guardrails());
        return new Loaded.Value<>(after, look.isDefinitive() ? FRESH : Duration.ZERO);
    }

    private static <T> void warnOfRemoval(
            String owner, OrganizationFile<T> file, LastKnownGood<T> before, LastKnownGood<T> after) {
        if (before.good() instanceof Fetched.Present<T> && after.latest() instanceof Fetched.Absent<T>) {
            LOG.warn("{} of {} does not apply any more", file.path(), owner);
        }
    }

    private static OrganizationKnowledge orNone(@Nullable OrganizationKnowledge known) {
        return known == null ? OrganizationKnowledge.none() : known;
    }

    private static <T> String described(Enforcement<T> standing) {
        return switch (standing) {
            case Enforcement.Free<T> _ -> "there were none within the last hour";
            case Enforcement.Bound<T> _ -> "are the last that were known";
            case Enforcement.Broken<T> _ -> "are unusable";
            case Enforcement.Unknown<T>(var cause) -> "are not known (" + cause + ")";
        };
    }
}
