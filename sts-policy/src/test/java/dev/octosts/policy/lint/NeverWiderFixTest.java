package dev.octosts.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Claims;
import dev.octosts.policy.PolicyDocument;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.lint.SampledTokens.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plain fixes let nobody in whom the file does not plainly let in. */
@Tag("property")
class NeverWiderFixTest {
    private static final int MAX_ROUNDS = 20;

    static List<Sample> samples() throws IOException {
        var samples = new ArrayList<Sample>(SampledTokens.corpus());
        samples.addAll(SampledTokens.mistakes());
        samples.addAll(SampledTokens.generated(1_500));
        return samples;
    }

    @Test
    void no_token_is_let_in_by_a_fix_of_a_policy_that_refuses_it() throws IOException {
        int changed = 0;
        for (Sample before : samples()) {
            Sample after = fixed(before, Diagnostic::isPlainlyFixed);
            if (after.text().equals(before.text())) {
                continue;
            }
            changed++;
            if (TrustPolicy.read(before.file(), before.kind()) instanceof TrustPolicy.Reading.Valid(var old)
                    && TrustPolicy.read(after.file(), after.kind()) instanceof TrustPolicy.Reading.Valid(var young)) {
                for (Claims token : SampledTokens.tokens(before, after)) {
                    assertThat(SampledTokens.accepts(young, token) && !SampledTokens.accepts(old, token))
                            .as("%s%nfixed to%n%s%nlets in %s", before.text(), after.text(), token)
                            .isFalse();
                }
            }
        }
        assertThat(changed).isGreaterThan(100);
    }

    /** What is no policy before lets nobody in; afterwards it says what the file said, in its own words. */
    @Test
    void a_file_that_was_no_policy_says_nothing_new() throws IOException {
        int readable = 0;
        for (Sample before : samples()) {
            Sample after = fixed(before, Diagnostic::isPlainlyFixed);
            boolean unreadable = !(TrustPolicy.read(before.file(), before.kind()) instanceof TrustPolicy.Reading.Valid);
            if (unreadable
                    && TrustPolicy.read(after.file(), after.kind()) instanceof TrustPolicy.Reading.Valid(var young)) {
                readable++;
                String said = plain(before.text());
                assertThat(values(young.document()))
                        .as("%s%nfixed to%n%s", before.text(), after.text())
                        .allSatisfy(value -> assertThat(Stream.of(value.split("\\|")))
                                .allSatisfy(part -> assertThat(said).contains(plain(part))));
            }
        }
        assertThat(readable).isGreaterThan(10);
    }

    @Test
    void a_policy_that_no_token_satisfies_comes_alive_by_a_suggestion_only() throws IOException {
        int alive = 0;
        for (Sample before : samples()) {
            if (!(TrustPolicy.read(before.file(), before.kind()) instanceof TrustPolicy.Reading.Valid)) {
                continue;
            }
            Sample after = fixed(
                    before,
                    diagnostic -> diagnostic.fix().map(Fix::isMechanical).orElse(false));
            List<Claims> let = SampledTokens.tokens(before, after).stream()
                    .filter(SampledTokens.accepting(after))
                    .toList();
            boolean dead = let.stream().noneMatch(SampledTokens.accepting(before));
            if (dead && !let.isEmpty()) {
                alive++;
                Sample plain = fixed(before, Diagnostic::isPlainlyFixed);
                assertThat(let).as(before.text()).noneMatch(SampledTokens.accepting(plain));
            }
        }
        assertThat(alive).isGreaterThan(20);
    }

    static Sample fixed(Sample sample, Predicate<Diagnostic> applied) {
        Sample fixed = sample;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Sample before = fixed;
            List<Fix> fixes = PolicyLinter.lint(before.file(), before.context()).stream()
                    .filter(applied)
                    .flatMap(diagnostic -> diagnostic.fix().stream())
                    .toList();
            fixed = before.with(Fix.apply(before.file(), fixes));
            if (fixed.text().equals(before.text())) {
                return fixed;
            }
        }
        throw new AssertionError("fixes come to no end: " + sample.text());
    }

    private static List<String> values(PolicyDocument document) {
        var values = new ArrayList<>(document.texts().values());
        values.addAll(document.claimPattern().values());
        values.addAll(document.subjects());
        document.claim().values().forEach(values::addAll);
        return values;
    }

    /** Without what quotes, escapes, groups and classes of one character add. */
    private static String plain(String text) {
        return text.replaceAll("[\\\\()\\[\\]'\"\\s]", "");
    }
}
