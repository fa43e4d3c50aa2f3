package dev.octosts.app.playground;

import dev.octosts.api.ExplanationResult;
import dev.octosts.api.PlaygroundInput;
import dev.octosts.api.PolicyPlayground;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkAllowance;
import dev.octosts.app.settings.Settings;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.explain.Explanation;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.PolicyLinter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks and explains policies for the page of the playground, with the linter and the engine of the exchange. */
@ApplicationScoped
class Playground implements PolicyPlayground {

    private static final Logger LOG = LoggerFactory.getLogger(Playground.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** The share of the processors, in the long run: an eighth of one. */
    private static final int PART = 8;

    private static final ExplanationResult BROKEN =
            new ExplanationResult.Refused(new Problem(ProblemCode.INTERNAL, "internal error"));

    private final String domain;
    private final String policyRepository;
    private final WorkAllowance allowance = new WorkAllowance("playground", PART, PATIENCE, System::nanoTime);

    @Inject
    Playground(Settings settings) {
        this.domain = settings.exchange().domain();
        this.policyRepository = settings.exchange().policyRepository();
    }

    @Override
    public ExplanationResult evaluate(PlaygroundInput input) {
        try {
            return new ExplanationResult.Told(allowance.run(TriedPlace.owner(input.scope()), () -> facts(input)));
        } catch (BusyException busy) {
            return new ExplanationResult.Refused(new Problem(
                    ProblemCode.RESOURCE_EXHAUSTED,
                    "the playground is busy; try again in a few seconds",
                    busy.retryAfter()));
        } catch (RuntimeException fault) {
            // The exception's message may contain parts of the input.
            LOG.error(
                    "a policy could not be tried out: {} at {}",
                    fault.getClass().getName(),
                    List.of(fault.getStackTrace()));
            return BROKEN;
        }
    }

    /** Ends the thread of the playground. */
    @PreDestroy
    void close() {
        allowance.close();
    }

    private Map<String, Object> facts(PlaygroundInput input) {
        byte[] file = input.policy().getBytes(StandardCharsets.UTF_8);
        var place = TriedPlace.of(input.scope(), policyRepository);
        String audience = input.domain().isEmpty() ? domain : input.domain();
        List<Diagnostic> diagnostics = PolicyLinter.lint(file, place.context());
        List<Map<String, Object>> findings = Findings.of(diagnostics);
        TrustPolicy.Reading reading = TrustPolicy.read(file, place.kind());
        var facts = new LinkedHashMap<String, Object>();
        facts.put("domain", audience);
        facts.put("findings", findings);
        facts.put("omitted", diagnostics.size() - findings.size());
        facts.put("usable", reading instanceof TrustPolicy.Reading.Valid);
        if (reading instanceof TrustPolicy.Reading.Valid(var policy)
                && !input.claims().isEmpty()) {
            try {
                facts.put("verdict", verdict(policy, input.claims(), audience, place.fallback()));
            } catch (TriedClaims.UnfitException unfit) {
                facts.put("unfit", unfit.problem());
            }
        }
        return facts;
    }

    private static Map<String, Object> verdict(
            TrustPolicy policy, String claims, String audience, List<String> fallback)
            throws TriedClaims.UnfitException {
        var explanation = Explanation.of(policy, TriedClaims.read(claims), audience);
        var verdict = new LinkedHashMap<>(explanation.toMap());
        if (explanation.accepted() && policy.document().repositories().isEmpty()) {
            verdict.put("repositories", fallback);
        }
        return verdict;
    }
}
