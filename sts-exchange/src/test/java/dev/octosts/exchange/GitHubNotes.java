package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;

import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What GitHub has said about the files of one organization: it notes it itself, apart from the exchange that is tried. For
 * one thread at a time.
 */
final class GitHubNotes {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final LongSupplier time;
    private final Map<File, Meaning> truth = new EnumMap<>(File.class);
    private final Map<File, Said> last = new EnumMap<>(File.class);
    private final Map<File, Said> good = new EnumMap<>(File.class);
    private final Set<File> directories = new HashSet<>();
    private final Set<File> seemAbsent = new HashSet<>();
    private final Set<File> saidAbsent = new HashSet<>();
    private final Set<File> askedNow = new HashSet<>();
    private boolean limitedNow;

    /** What GitHub has been asked about. */
    enum File {
        LIST(ExchangeFixture.TRUSTED_ISSUERS),
        RAILS(ExchangeFixture.GUARDRAILS),
        POLICY(DemoWorld.policyFile(IDENTITY));

        private final String path;

        File(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    /** What a file, or its absence, means for the exchange that is tried. */
    enum Meaning {
        ABSENT,
        PERMITS,
        DENIES,
        /** A file that cannot be used. */
        UNUSABLE,
        /** A refusal to show it. */
        REFUSED
    }

    /** A definitive answer. */
    private record Said(Meaning meaning, long at) {}

    GitHubNotes(LongSupplier time) {
        this.time = time;
    }

    /** What was asked or limited before does not count for the next exchange. */
    void beginStep() {
        askedNow.clear();
        seemAbsent.clear();
        saidAbsent.clear();
        limitedNow = false;
    }

    /** From now on a file is this. */
    void change(File file, Meaning meaning) {
        truth.put(file, meaning);
        directories.remove(file);
    }

    /** From now on a directory is in the place of a file. */
    void putDirectory(File file) {
        directories.add(file);
    }

    /** The last definitive answer, or the last good one of a file that was broken since, within its hour. */
    boolean permits(File file) {
        Said said = last.get(file);
        if (said != null && said.meaning() == Meaning.UNUSABLE) {
            said = good.get(file);
            return said != null && said.meaning() == Meaning.PERMITS && age(said) < HOUR.toNanos();
        }
        return said != null
                && (said.meaning() == Meaning.ABSENT || said.meaning() == Meaning.PERMITS)
                && (age(said) < FRESH.toNanos() || (age(said) < HOUR.toNanos() && askedNow.contains(file)));
    }

    /** The last definitive answer; beyond five minutes only while GitHub limits. */
    boolean policyPermits() {
        Said said = last.get(File.POLICY);
        return said != null
                && said.meaning() == Meaning.PERMITS
                && (age(said) < FRESH.toNanos() || (age(said) < HOUR.toNanos() && limitedNow));
    }

    private long age(Said said) {
        return now() - said.at();
    }

    private long now() {
        return time.getAsLong();
    }

    /** GitHub's note of what it says by its answer to a call. */
    void note(Call call, GitHubBehaviour behaviour) {
        List<File> files = files(call);
        askedNow.addAll(files);
        if (call.readMint()
                && call.json().getJsonArray("repositories").toString().contains("\".github\"")) {
            askedNow.add(File.LIST);
            askedNow.add(File.RAILS);
        }
        limitedNow |= behaviour.isLimit();
        note(call, behaviour, files);
    }

    private void note(Call call, GitHubBehaviour behaviour, List<File> files) {
        if (behaviour == GitHubBehaviour.NOT_FOUND || behaviour == GitHubBehaviour.UNSEEN) {
            // So far nobody can tell it from a file that is not there.
            seemAbsent.addAll(files);
        } else if (behaviour == GitHubBehaviour.GOOD) {
            if (call.kind() == CallKind.REPOSITORY) {
                seeRepository(call.repository().orElse("").equals(GitHubFixture.REPOSITORY));
                return;
            }
            for (File file : files) {
                Meaning meaning = Objects.requireNonNull(truth.get(file));
                boolean graphql = call.method().equals("POST");
                if (meaning == Meaning.ABSENT && !graphql) {
                    seemAbsent.add(file);
                } else if (!graphql || !directories.contains(file)) {
                    // Of a directory GraphQL says so little that it is asked for again.
                    say(file, meaning);
                }
            }
        } else if (behaviour == GitHubBehaviour.UNCHANGED
                && call.header("if-none-match").isPresent()) {
            // What was asked about is the version that was sent last.
            files.forEach(
                    file -> say(file, Objects.requireNonNull(last.get(file)).meaning()));
        } else if (behaviour == GitHubBehaviour.FORBIDDEN && files.contains(File.POLICY)) {
            say(File.POLICY, Meaning.REFUSED);
        } else if (behaviour == GitHubBehaviour.UNPROCESSABLE && call.readMint()) {
            switch (call.json().getJsonArray("repositories").toString()) {
                case "[\".github\"]" -> {
                    say(File.LIST, Meaning.ABSENT);
                    say(File.RAILS, Meaning.ABSENT);
                }
                case "[\"octo-repo\"]" -> say(File.POLICY, Meaning.ABSENT);
                default -> {} // for two repositories it says nothing
            }
        }
    }

    /** The repository is there: once is enough for a policy, whose absence denies, and twice for the others. */
    private void seeRepository(boolean ofPolicy) {
        for (File file : Set.copyOf(seemAbsent)) {
            if (ofPolicy == (file == File.POLICY)) {
                seemAbsent.remove(file);
                if (!saidAbsent.add(file) || ofPolicy) {
                    say(file, Meaning.ABSENT);
                }
            }
        }
    }

    private void say(File file, Meaning meaning) {
        var said = new Said(meaning, now());
        last.put(file, said);
        if (meaning != Meaning.UNUSABLE) {
            good.put(file, said);
        } else if (good.containsKey(file) && good.get(file).meaning() == Meaning.ABSENT) {
            good.remove(file);
        }
    }

    private List<File> files(Call call) {
        return List.of(File.values()).stream()
                .filter(file -> call.files().contains(file.path))
                .toList();
    }
}
