package dev.octosts.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Claims;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.lint.SampledTokens.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Linter and exchange share one rule: a policy that lets a token in has no error. */
@Tag("property")
class AcceptedTokenTest {
    /** What GitHub refuses after the exchange has accepted the token. */
    private static final Set<DiagnosticCode> AT_THE_MINT = EnumSet.of(
            DiagnosticCode.OWNER_IN_REPOSITORIES, DiagnosticCode.BAD_REPOSITORY_NAME, DiagnosticCode.TOO_MANY_ENTRIES);

    @Test
    void a_policy_that_accepts_a_token_has_no_error() throws IOException {
        var samples = new ArrayList<Sample>(SampledTokens.corpus());
        samples.addAll(SampledTokens.mistakes());
        samples.addAll(SampledTokens.generated(4_000));
        int accepting = 0;
        for (Sample sample : samples) {
            if (!(TrustPolicy.read(sample.file(), sample.kind()) instanceof TrustPolicy.Reading.Valid(var policy))) {
                continue;
            }
            List<Claims> accepted = SampledTokens.tokens(sample).stream()
                    .filter(token -> SampledTokens.accepts(policy, token))
                    .limit(1)
                    .toList();
            if (!accepted.isEmpty()) {
                accepting++;
                assertThat(PolicyLinter.lint(sample.file(), sample.context()))
                        .as("%s%naccepts %s", sample.text(), accepted.getFirst())
                        .filteredOn(diagnostic -> diagnostic.severity() == Severity.ERROR)
                        .extracting(Diagnostic::code)
                        .isSubsetOf(AT_THE_MINT);
            }
        }
        assertThat(accepting).isGreaterThan(1_000);
    }
}
