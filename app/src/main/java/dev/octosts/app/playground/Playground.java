package dev.octosts.app.playground;

import dev.octosts.api.ExplanationResult;
import dev.octosts.api.PlaygroundInput;
import dev.octosts.api.PolicyPlayground;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkAllowance;
import dev.octosts.app.settings.Settings;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.explain.Explanation;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.lint.OrganizationRules;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.probers.JsonObjects;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
            } catch (UnfitException unfit) {
                facts.put("unfit", unfit.problem());
            }
        }
        return facts;
    }

    private static Map<String, Object> verdict(
            TrustPolicy policy, String claims, String audience, List<String> fallback) throws UnfitException {
        var explanation = Explanation.of(policy, claims(claims), audience);
        var verdict = new LinkedHashMap<>(explanation.toMap());
        if (explanation.accepted() && policy.document().repositories().isEmpty()) {
            verdict.put("repositories", fallback);
        }
        return verdict;
    }

    /**
     * Reads claims that a user wrote by hand, in the form in which a token would contain them.
     *
     * @throws UnfitException when no exchange would look at a policy for such claims
     */
    static Claims claims(String text) throws UnfitException {
        JsonObject payload =
                JsonObjects.object(text).orElseThrow(() -> new UnfitException("the claims are not a JSON object"));
        requireText(payload, "iss");
        if (!Formats.isIssuer(Claims.canonicalIssuer(payload.getString("iss")))) {
            throw new UnfitException("invalid issuer format: iss must be an https address");
        }
        requireText(payload, "sub");
        if (!isAudience(payload.get("aud"))) {
            throw new UnfitException("the claim aud must be text or a list of texts");
        }
        return Claims.of(JsonObjects.values(payload)).orElseThrow();
    }

    private static void requireText(JsonObject payload, String name) throws UnfitException {
        if (!(payload.get(name) instanceof JsonString)) {
            throw new UnfitException(
                    payload.containsKey(name)
                            ? "the claim " + name + " must be text"
                            : "the claim " + name + " is missing");
        }
    }

    private static boolean isAudience(@Nullable JsonValue value) {
        return switch (value) {
            case null -> true;
            case JsonArray several -> several.stream().allMatch(JsonString.class::isInstance);
            case JsonValue one -> one instanceof JsonString;
        };
    }

    /** A token with such claims is refused before the policy is read. */
    static final class UnfitException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String problem;

        UnfitException(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    /**
     * The place for which a policy is tried out.
     *
     * @param kind the kind of content that a file may have there
     * @param context the same place for the linter
     * @param fallback the limit of a token when the policy names no repositories; empty means all of the installation
     */
    private record TriedPlace(PolicyKind kind, FileContext context, List<String> fallback) {

        /**
         * Reads a scope. An unreadable scope counts as none: the trial is about the policy.
         *
         * @param scope {@code owner}, {@code owner/repository} or nothing
         * @param policyRepository the repository of an organization that holds its organization-level files
         */
        static TriedPlace of(String scope, String policyRepository) {
            int slash = scope.indexOf('/');
            String owner = slash < 0 ? scope : scope.substring(0, slash);
            String repository = slash < 0 ? policyRepository : scope.substring(slash + 1);
            if (!GitHubNames.isName(owner) || !GitHubNames.isName(repository)) {
                return of(PolicyKind.REPOSITORY, Optional.empty(), Optional.empty(), List.of());
            }
            PolicyKind kind =
                    repository.equalsIgnoreCase(policyRepository) ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;
            return of(kind, Optional.of(owner), Optional.of(repository), slash < 0 ? List.of() : List.of(repository));
        }

        /** The owner whose policy is tried out, in lower case; empty when it is not known. */
        static String owner(String scope) {
            int slash = scope.indexOf('/');
            String owner = slash < 0 ? scope : scope.substring(0, slash);
            return GitHubNames.isName(owner) ? owner.toLowerCase(Locale.ROOT) : "";
        }

        private static TriedPlace of(
                PolicyKind kind, Optional<String> owner, Optional<String> repository, List<String> fallback) {
            return new TriedPlace(kind, new FileContext(kind, "", owner, repository, OrganizationRules.NONE), fallback);
        }
    }

    /** Converts diagnostics to the answers of the playground's page. */
    private static final class Findings {

        private static final int MAXIMUM = 100;
        private static final String DOCUMENTATION =
                "https://github.com/octo-sts/octo-sts-java/blob/main/docs/diagnostics.md#";

        private Findings() {}

        /**
         * At most as many diagnostics as a user reads at once, in file order; when there are more, the most severe
         * ones.
         */
        static List<Map<String, Object>> of(List<Diagnostic> diagnostics) {
            return diagnostics.stream()
                    .sorted(Comparator.comparing(Diagnostic::severity))
                    .limit(MAXIMUM)
                    .sorted()
                    .map(Findings::of)
                    .toList();
        }

        private static Map<String, Object> of(Diagnostic diagnostic) {
            var finding = new LinkedHashMap<String, Object>();
            finding.put("code", diagnostic.code().id());
            finding.put("help", DOCUMENTATION + diagnostic.code().id().toLowerCase(Locale.ROOT));
            finding.put("severity", diagnostic.severity().wireName());
            finding.put("message", diagnostic.message());
            finding.put("start", of(diagnostic.place().start()));
            finding.put("end", of(diagnostic.place().end()));
            diagnostic.fix().filter(Fix::isMechanical).ifPresent(fix -> finding.put("fix", of(fix)));
            return finding;
        }

        private static Map<String, Object> of(Position position) {
            return Map.of("line", position.line(), "column", position.column(), "offset", position.offset());
        }

        private static Map<String, Object> of(Fix fix) {
            return Map.of(
                    "advice",
                    fix.advice(),
                    "edits",
                    fix.edits().stream().map(Findings::of).toList());
        }

        private static Map<String, Object> of(Edit edit) {
            return Map.of("start", edit.start(), "end", edit.end(), "replacement", edit.replacement());
        }
    }
}
