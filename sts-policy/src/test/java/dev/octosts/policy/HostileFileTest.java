package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.repository.PolicyKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileFileTest {
    private static final int MEGABYTE = 1 << 20;
    private static final Duration SOON = Duration.ofSeconds(10);

    static Map<String, String> files() {
        var files = new TreeMap<String, String>();
        files.put("alias bomb", bomb("a: &a [x,x,x,x,x,x,x,x,x]", "&%s [%s]"));
        files.put("merge bomb", mergeBomb());
        files.put("endless merge", "&a\n<<: *a\n" + Policies.ACCEPTED + "x: y\n");
        files.put("deep flow", Policies.ACCEPTED + "x: " + "[".repeat(3000) + "]".repeat(3000));
        files.put("deep flow, open", "[".repeat(MEGABYTE));
        files.put("deep braces, open", "{".repeat(MEGABYTE));
        files.put("deep maps", "{a: ".repeat(MEGABYTE / 4));
        files.put(
                "deep blocks",
                IntStream.range(0, 1000).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining()));
        files.put("deep list", "- ".repeat(MEGABYTE / 2));
        files.put("deep keys", "? ".repeat(MEGABYTE / 2));
        files.put("many lists", "x: [" + "[],".repeat(MEGABYTE / 3 - 10) + "]");
        files.put(
                "many keys",
                IntStream.range(0, 100_000).mapToObj(i -> "k" + i + ": v\n").collect(Collectors.joining()));
        files.put("many documents", "---\n".repeat(MEGABYTE / 4));
        files.put(
                "many anchors",
                IntStream.range(0, 50_000).mapToObj(i -> "- &a" + i + "\n").collect(Collectors.joining()));
        files.put("many permissions", Policies.HEAD + "permissions:\n" + "  issues: write\n".repeat(60_000));
        files.put(
                "many faults",
                IntStream.range(0, 5_000).mapToObj(i -> "k" + i + ": v\n").collect(Collectors.joining()));
        files.put("long key", "x".repeat(MEGABYTE - 10) + ": 1");
        files.put("long quote", "issuer: \"" + "x ".repeat(MEGABYTE / 2 - 10));
        files.put("long tag", "!" + "x".repeat(MEGABYTE - 10));
        files.put("long anchor", "&" + "x".repeat(MEGABYTE - 10));
        files.put("colons", ":".repeat(MEGABYTE));
        files.put("question marks", "?\n".repeat(MEGABYTE / 2));
        files.put("directives", "%TAG ! tag:x,2000:\n".repeat(MEGABYTE / 20));
        files.put("nul", "\u0000".repeat(MEGABYTE));
        files.put("percent", "%".repeat(MEGABYTE));
        files.put("long pattern", Policies.ACCEPTED + "claim_pattern: {a: '" + "(a|b)*".repeat(100_000) + "'}");
        files.put("nested groups", Policies.ACCEPTED + "claim_pattern: {a: '" + "(".repeat(4000) + "'}");
        files.put("repetition bomb", Policies.ACCEPTED + "claim_pattern: {a: '((a{999}){999}){999}'}");
        files.put("many large patterns", Policies.ACCEPTED + "claim_pattern:\n" + claims(1000, "'(?i)[a-z]{400}'"));
        files.put("many slow tables", Policies.ACCEPTED + "claim_pattern:\n" + claims(5000, "'(a|b)*a(a|b){12}'"));
        files.put("one byte too many", Policies.ACCEPTED + "#".repeat(MEGABYTE + 1 - Policies.ACCEPTED.length()));
        files.put(
                "serialized class",
                Policies.ACCEPTED + "x: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]");
        return files;
    }

    static List<String> names() {
        return List.copyOf(files().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void is_refused_soon(String name) {
        String file = files().getOrDefault(name, Policies.ACCEPTED);

        TrustPolicy.Reading reading = Assertions.assertTimeoutPreemptively(SOON, () -> Policies.read(file));

        assertThat(reading).isNotInstanceOf(TrustPolicy.Reading.Valid.class);
    }

    @Test
    void faults_are_bounded() {
        assertThat(Policies.unparsable(Policies.read(files().getOrDefault("many faults", ""))))
                .hasSize(1000);
    }

    @Test
    void faults_do_not_repeat_a_megabyte() {
        for (String file : files().values()) {
            List<Fault> faults = switch (Policies.read(file)) {
                case TrustPolicy.Reading.Valid valid -> List.of();
                case TrustPolicy.Reading.Unparsable unparsable -> unparsable.faults();
                case TrustPolicy.Reading.Invalid invalid -> invalid.faults();
            };
            assertThat(faults)
                    .isNotEmpty()
                    .allSatisfy(fault -> assertThat(fault.message().length()).isLessThan(1000));
        }
    }

    @Test
    void a_megabyte_that_is_a_policy_is_read() {
        String file = Policies.ACCEPTED + "#".repeat(MEGABYTE - Policies.ACCEPTED.length());

        assertThat(Policies.valid(file)).isNotNull();
    }

    @Tag("property")
    @Test
    void random_bytes_and_mutations_never_make_the_reader_fail() {
        var random = new Random(42);
        byte[] accepted = Policies.ACCEPTED.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] file = i % 2 == 0 ? accepted.clone() : new byte[random.nextInt(60)];
            if (i % 2 == 0) {
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    file[random.nextInt(file.length)] =
                            (byte) "&*!|>'\"%@`{}[],:?-# \n\tax\u0000".charAt(random.nextInt(25));
                }
            } else {
                random.nextBytes(file);
            }
            assertThatCode(() -> assertThat(TrustPolicy.read(file, PolicyKind.ORGANIZATION))
                            .isNotNull())
                    .as(() -> Arrays.toString(file))
                    .doesNotThrowAnyException();
        }
    }

    private static String claims(int count, String pattern) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  c" + i + ": " + pattern + "\n")
                .collect(Collectors.joining());
    }

    private static String bomb(String first, String next) {
        var file = new StringBuilder(Policies.ACCEPTED).append(first).append('\n');
        for (char key = 'b'; key <= 'j'; key++) {
            String aliases = String.join(",", Collections.nCopies(9, "*" + (char) (key - 1)));
            file.append(key).append(": ").append(next.formatted(key, aliases)).append('\n');
        }
        return file.toString();
    }

    private static String mergeBomb() {
        var file = new StringBuilder(Policies.HEAD).append("a0: &a0 {issues: write}\n");
        for (int i = 1; i <= 8; i++) {
            String before = "*a" + (i - 1);
            file.append("a%d: &a%d {<<: [%s]}\n".formatted(i, i, String.join(",", Collections.nCopies(5, before))));
        }
        return file.append("permissions: {<<: *a8}\n").toString();
    }
}
