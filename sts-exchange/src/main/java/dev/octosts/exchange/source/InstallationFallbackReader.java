package dev.octosts.exchange.source;

import dev.octosts.exchange.installation.Installations.Result;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.source.Enforcement.Cause;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.Route;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files of the policy repository through the installations of an owner, one after the other, until one of them
 * returns the content.
 */
final class InstallationFallbackReader {

    private static final Logger LOG = LoggerFactory.getLogger(InstallationFallbackReader.class);

    /** No further installation is asked after this time. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final OrganizationFiles organizationFiles;
    private final AppPools pools;
    private final String policyRepository;
    private final LongSupplier nanoTime;

    InstallationFallbackReader(
            OrganizationFiles organizationFiles, AppPools pools, String policyRepository, LongSupplier nanoTime) {
        this.organizationFiles = organizationFiles;
        this.pools = pools;
        this.policyRepository = policyRepository;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads files.
     *
     * @param first the route that the exchange found; the other Apps of the pool come after it
     * @param paths of the files
     * @return by path the result, of which the content may still be that of no file; {@link Fetched.Absent} when no
     *     installation may see the repository
     */
    Map<String, Fetched<FileContent>> read(ReadScope first, List<String> paths) {
        return new Read(first.route().owner(), first, paths).result();
    }

    /** As {@link #read(ReadScope, List)}, when no exchange has found a route. */
    Map<String, Fetched<FileContent>> read(String owner, List<String> paths) {
        return new Read(owner, null, paths).result();
    }

    /** The answers for one file so far. */
    private static final class Answers {

        private @Nullable FileContent content;
        private int blind;
        private boolean limited;
        private boolean failed;

        void answered(GitHubResult<FileContent> answer) {
            switch (answer) {
                case GitHubResult.Success<FileContent>(var found) -> content = found;
                case GitHubResult.Failure<FileContent>(var reason) -> failed(reason);
            }
        }

        void failed(Reason reason) {
            switch (reason) {
                case UNPROCESSABLE -> blind++;
                case LIMITED -> limited = true;
                case UNAUTHORIZED, FORBIDDEN, UNAVAILABLE -> failed = true;
                // The App is not installed any more: there is nothing to ask.
                case NOT_FOUND -> {}
            }
        }

        boolean isOpen() {
            return content == null;
        }

        /**
         * Whether at least one installation was asked, and each of them has answered that it cannot see the repository.
         */
        boolean isHiddenFromAll() {
            return isOpen() && !limited && !failed && blind > 0;
        }

        Fetched<FileContent> result() {
            if (content != null) {
                return new Fetched.Present<>(content);
            }
            if (isHiddenFromAll()) {
                return new Fetched.Absent<>();
            }
            return new Fetched.Nothing<>(limited ? Cause.LIMITED : failed ? Cause.FAILED : Cause.NOT_INSTALLED);
        }
    }

    /** One read of files. */
    private final class Read {

        private final String owner;
        private final @Nullable ReadScope first;
        private final Map<String, Answers> files = new LinkedHashMap<>();
        private final Set<Long> asked = new HashSet<>();
        private final long end = nanoTime.getAsLong() + TIMEOUT.toNanos();

        Read(String owner, @Nullable ReadScope first, List<String> paths) {
            this.owner = owner;
            this.first = first;
            paths.forEach(path -> files.put(path, new Answers()));
        }

        Map<String, Fetched<FileContent>> result() {
            if (first != null) {
                ask(first);
            }
            for (GitHubApp app : pool()) {
                if (isOpen()
                        && (first == null || app.id() != first.route().app().id())) {
                    ask(organizationFiles.installation(app, owner));
                }
            }
            if (files.values().stream().anyMatch(Answers::isHiddenFromAll)) {
                confirm();
            }
            var results = new LinkedHashMap<String, Fetched<FileContent>>();
            files.forEach((path, answers) -> results.put(path, answers.result()));
            return results;
        }

        private List<GitHubApp> pool() {
            return pools.of(owner).map(AppPool::apps).orElse(List.of());
        }

        private boolean isOpen() {
            return files.values().stream().anyMatch(Answers::isOpen);
        }

        /** Asks again past the cache, because remembered installations never prove that no App sees the repository. */
        private void confirm() {
            for (GitHubApp app : pool()) {
                ask(organizationFiles.installationNow(app, owner));
            }
            files.forEach((path, file) -> {
                if (file.isHiddenFromAll()) {
                    LOG.warn(
                            "no installation of {} can see {}, so {} does not apply there; let the App see that repository,"
                                    + " should the file be in it",
                            owner,
                            policyRepository,
                            path);
                }
            });
        }

        private void ask(Result found) {
            switch (found) {
                case Result.Found(var app, var installation) -> {
                    if (isOpen() && !asked.contains(installation.id())) {
                        ask(ReadScope.of(new Route(owner, app, installation), policyRepository));
                    }
                }
                case Result.None() -> {}
                case Result.Suspended() -> fail(Reason.FORBIDDEN);
                case Result.Unknown(var reason) -> fail(reason);
            }
        }

        private void ask(ReadScope reading) {
            if (nanoTime.getAsLong() - end >= 0) {
                fail(Reason.UNAVAILABLE);
                return;
            }
            asked.add(reading.route().installation().id());
            List<String> open = files.keySet().stream()
                    .filter(path -> answers(path).isOpen())
                    .toList();
            organizationFiles
                    .files(reading, policyRepository, open)
                    .forEach((path, answer) -> answers(path).answered(answer));
        }

        private Answers answers(String path) {
            return Objects.requireNonNull(files.get(path));
        }

        private void fail(Reason reason) {
            files.values().stream().filter(Answers::isOpen).forEach(file -> file.failed(reason));
        }
    }
}
