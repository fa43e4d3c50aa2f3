package dev.octosts.exchange.source;

import dev.octosts.exchange.installation.Installations.Result;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Installation;
import dev.octosts.github.Route;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An organization whose pool of Apps answers as a test wants, and what its files are taken for. The answers are made
 * here, where GitHub's would come out of the client; all that is behind them is the real thing.
 */
public final class FaultyPool implements OrganizationFiles {

    private static final String OWNER = "octo-org";
    private static final String POLICY_REPOSITORY = ".github";
    private static final long REINSTALLED = 1_000;

    private final OrganizationSource source;
    private final Map<File, FileContent> truth = new EnumMap<>(File.class);
    private final Map<Long, Health> health = new HashMap<>();
    private int calls;

    /** A pool of which nothing is known yet. */
    public FaultyPool(List<GitHubApp> apps, LongSupplier nanoTime) {
        var pools = new AppPools(Map.of(AppPools.EVERYBODY_ELSE, new AppPool(apps)));
        this.source = new OrganizationSource(this, pools, POLICY_REPOSITORY, nanoTime, lookup -> {});
    }

    /** The files. */
    public enum File {
        TRUSTED_ISSUERS(OrganizationFile.TRUSTED_ISSUERS.path()),
        GUARDRAILS(OrganizationFile.GUARDRAILS.path());

        private final String path;

        File(String path) {
            this.path = path;
        }
    }

    /** What is found out about an App's installation. */
    public enum Found {
        INSTALLED,
        /** Installed anew, under another id; only a look past the cache shows it. */
        REINSTALLED,
        NOT_INSTALLED,
        SUSPENDED,
        LIMITED,
        FAILING
    }

    /** What becomes of a mint. */
    public enum Mint {
        TOKEN,
        /** 422: the installation cannot see the policy repository. */
        BLIND,
        /** 404: the installation is gone. */
        GONE
    }

    /**
     * How an App is.
     *
     * @param remembered what is known of its installation
     * @param now what a look past the cache finds
     * @param mint what becomes of a mint for the installation that is remembered
     * @param renewed what becomes of a mint for the installation that replaced it
     * @param faults what becomes of the read of a file instead of an answer
     */
    public record Health(Found remembered, Found now, Mint mint, Mint renewed, Map<File, Reason> faults) {

        /** Nothing is wrong. */
        public static final Health GOOD =
                new Health(Found.INSTALLED, Found.INSTALLED, Mint.TOKEN, Mint.TOKEN, Map.of());
    }

    /** Puts something in the place of a file. */
    public void put(File file, FileContent content) {
        truth.put(file, content);
    }

    /** Lets an App be so. */
    public void let(GitHubApp app, Health state) {
        health.put(app.id(), state);
    }

    /** How often an App was asked for files. */
    public int calls() {
        return calls;
    }

    /** Lets whatever is known be looked at anew. */
    public void forget() {
        source.forget(new dev.octosts.api.InstallationChanged(OWNER));
    }

    /** How the files bind an exchange that came through this App. */
    public OrganizationEnforcement rules(GitHubApp through) {
        return source.begin(ReadScope.of(route(through, through.id()), POLICY_REPOSITORY))
                .get();
    }

    @Override
    public Map<String, GitHubResult<FileContent>> files(ReadScope reading, String repository, List<String> paths) {
        calls++;
        Health state = health(reading.route().app());
        boolean renewed = reading.route().installation().id() > REINSTALLED;
        var answers = new HashMap<String, GitHubResult<FileContent>>();
        for (File file : File.values()) {
            if (paths.contains(file.path)) {
                answers.put(file.path, answer(file, state, renewed));
            }
        }
        return answers;
    }

    private GitHubResult<FileContent> answer(File file, Health state, boolean renewed) {
        return switch (renewed ? state.renewed() : state.mint()) {
            case BLIND -> new Failure<>(Reason.UNPROCESSABLE);
            case GONE -> new Failure<>(Reason.NOT_FOUND);
            case TOKEN ->
                Optional.ofNullable(state.faults().get(file))
                        .<GitHubResult<FileContent>>map(Failure::new)
                        .orElseGet(() -> new Success<>(Objects.requireNonNull(truth.get(file))));
        };
    }

    @Override
    public Result installation(GitHubApp app, String owner) {
        return result(app, health(app).remembered());
    }

    @Override
    public Result installationNow(GitHubApp app, String owner) {
        return result(app, health(app).now());
    }

    private Health health(GitHubApp app) {
        return Objects.requireNonNull(health.get(app.id()));
    }

    private static Result result(GitHubApp app, Found found) {
        return switch (found) {
            case INSTALLED -> found(app, app.id());
            case REINSTALLED -> found(app, app.id() + REINSTALLED);
            case NOT_INSTALLED -> new Result.None();
            case SUSPENDED -> new Result.Suspended();
            case LIMITED -> new Result.Unknown(Reason.LIMITED);
            case FAILING -> new Result.Unknown(Reason.UNAVAILABLE);
        };
    }

    private static Result found(GitHubApp app, long id) {
        Route route = route(app, id);
        return new Result.Found(route.app(), route.installation());
    }

    private static Route route(GitHubApp app, long installation) {
        return new Route(OWNER, app, new Installation(installation, OWNER, 1, "", false));
    }
}
