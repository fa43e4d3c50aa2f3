package dev.octosts.sandbox.github;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A private repository: files on branches and at commits, pull requests, comparisons, issues and check runs. Files of
 * the default branch are changed through the repository itself, others through {@link #at}.
 */
public final class Repository {
    /** A comparison of two commits; {@code commits} is their number. */
    record Comparison(int commits, List<ChangedFile> files) {}

    /** An issue that was opened through the API. */
    public record Issue(long id, int number, String title) {}

    /**
     * How the subjects of its workflows' tokens are made.
     *
     * @param immutable whether they have the ids of owner and repository
     * @param claimKeys of the repository's own template; empty when it has GitHub's
     */
    public record Subjects(boolean immutable, List<String> claimKeys) {
        public Subjects {
            claimKeys = List.copyOf(claimKeys);
        }
    }

    /** Before subjects had ids. */
    private static final Instant LONG_AGO = Instant.parse("2024-01-15T09:30:00Z");

    private static final String DEFAULT_BRANCH = "main";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final long id;
    private final Account owner;
    private final Map<String, Tree> trees = new ConcurrentHashMap<>();
    private final Map<String, Comparison> comparisons = new ConcurrentHashMap<>();
    private final Map<Integer, PullRequest> pulls = new ConcurrentHashMap<>();
    private final List<Issue> issues = new CopyOnWriteArrayList<>();
    private final CheckRuns checkRuns = new CheckRuns();
    private volatile Subjects subjects = new Subjects(false, List.of());
    private volatile Instant createdAt = LONG_AGO;
    private volatile String name;
    private volatile String defaultBranch = DEFAULT_BRANCH;

    Repository(long id, Account owner, String name) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        trees.put(DEFAULT_BRANCH, new Tree());
    }

    public long id() {
        return id;
    }

    public Account owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    public String fullName() {
        return owner.login() + "/" + name;
    }

    public String defaultBranch() {
        return defaultBranch;
    }

    /** Makes another branch the default branch; an empty branch is made when none has that name. */
    public Repository defaultBranch(String branch) {
        at(branch);
        defaultBranch = branch;
        return this;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Sets when it was created; it was long ago at first. */
    public Repository createdAt(Instant time) {
        createdAt = time;
        return this;
    }

    public Subjects subjects() {
        return subjects;
    }

    /** Sets how the subjects of its workflows' tokens are made; without ids and with GitHub's template at first. */
    public Repository subjects(Subjects made) {
        subjects = made;
        return this;
    }

    /** What the part {@code repo} of its subjects is. */
    public String subjectPrefix() {
        return subjects.immutable()
                ? "repo:%s@%d/%s@%d".formatted(owner.login(), owner.id(), name, id)
                : "repo:" + fullName();
    }

    void rename(String other) {
        name = other;
    }

    /** The files of the default branch. */
    public Tree files() {
        return at(defaultBranch);
    }

    public Repository put(String path, String text) {
        files().put(path, text);
        return this;
    }

    public Repository put(String path, byte[] bytes) {
        files().put(path, bytes);
        return this;
    }

    public Repository remove(String path) {
        files().remove(path);
        return this;
    }

    /** The files of a branch, or at a commit (40 hexadecimal digits); an empty tree is made when there is none. */
    public Tree at(String branchOrCommit) {
        return trees.computeIfAbsent(branchOrCommit, _ -> new Tree());
    }

    /** The commit at the head of the default branch. */
    public String head() {
        return head(defaultBranch);
    }

    /** The commit at the head of a branch. It does not change with the files. */
    public String head(String branch) {
        return Shas.of(id + "/" + branch);
    }

    /** Opens a pull request, or takes the place of the one with this number. */
    public Repository addPullRequest(int number, PullRequest pull) {
        pulls.put(number, pull);
        return this;
    }

    public Repository addComparison(String base, String head, int commits, List<ChangedFile> files) {
        comparisons.put(base + "..." + head, new Comparison(commits, List.copyOf(files)));
        return this;
    }

    public List<Issue> issues() {
        return List.copyOf(issues);
    }

    synchronized Issue open(String title) {
        var issue = new Issue(id * 1000 + issues.size() + 1, issues.size() + 1, title);
        issues.add(issue);
        return issue;
    }

    /** The check runs that were created, as they are now. */
    public List<CheckRun> checkRuns() {
        return checkRuns.all();
    }

    CheckRuns checks() {
        return checkRuns;
    }

    Optional<Comparison> comparison(String range) {
        return Optional.ofNullable(comparisons.get(range));
    }

    Optional<PullRequest> pull(int number) {
        return Optional.ofNullable(pulls.get(number));
    }

    Set<Integer> pulls() {
        return pulls.keySet();
    }

    Set<String> branches() {
        var branches = new TreeSet<>(trees.keySet());
        branches.removeIf(ref -> COMMIT.matcher(ref).matches());
        return branches;
    }

    /**
     * Resolves the values that a caller may give as {@code ref}: nothing, a branch in any of its spellings, a commit.
     */
    Optional<Tree> resolve(Optional<String> ref) {
        if (ref.isEmpty() || ref.get().isEmpty() || ref.get().equals("HEAD")) {
            return Optional.of(files());
        }
        var plain = ref.get().replaceFirst("^(refs/)?heads/", "");
        return Optional.ofNullable(trees.get(plain))
                .or(() -> branches().stream()
                        .filter(branch -> head(branch).equals(plain))
                        .findFirst()
                        .map(trees::get));
    }

    /** The commit that a ref points to. */
    Optional<String> commit(String ref) {
        return resolve(Optional.of(ref)).map(_ -> {
            if (COMMIT.matcher(ref).matches()) {
                return ref;
            }
            return head(ref.equals("HEAD") ? defaultBranch : ref.replaceFirst("^(refs/)?heads/", ""));
        });
    }

    @Override
    public String toString() {
        return "Repository[" + fullName() + "]";
    }
}
