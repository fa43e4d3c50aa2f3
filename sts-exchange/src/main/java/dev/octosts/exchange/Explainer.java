package dev.octosts.exchange;

import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExplanationResult;
import dev.octosts.api.PolicyExplainer;
import dev.octosts.api.Problem;
import dev.octosts.api.RequestedGrant;
import dev.octosts.api.TurnedAway;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkAllowance;
import dev.octosts.policy.Decision;
import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.explain.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Explains an exchange: takes the same steps as {@link Exchange}, stops before the mint, and reports what it found. */
final class Explainer implements PolicyExplainer {

    /** The parts of an explanation that the operator may keep from every caller. */
    private static final List<String> DETAILS = List.of("rules", "guardrails");

    private final String domain;
    private final Admissions admissions;
    private final Decisions decisions;
    private final StandingRules standing;
    private final Governance governance;
    private final InstallationRouter routes;
    private final WorkAllowance allowance;
    private final Audit audit;

    /**
     * An explainer.
     *
     * @param domain the audience that a token must have when a policy names none
     * @param allowance how much work explanations may make, by owner
     */
    Explainer(
            String domain,
            Admissions admissions,
            Decisions decisions,
            StandingRules standing,
            Governance governance,
            InstallationRouter routes,
            WorkAllowance allowance,
            Audit audit) {
        this.domain = domain;
        this.admissions = admissions;
        this.decisions = decisions;
        this.standing = standing;
        this.governance = governance;
        this.routes = routes;
        this.allowance = allowance;
        this.audit = audit;
    }

    @Override
    public ExplanationResult explain(ExchangeRequest request) {
        return audit.audited(
                Operation.EXPLANATION,
                request,
                trail -> new ExplanationResult.Told(verdict(request, trail)),
                ExplanationResult.Refused::new);
    }

    private Map<String, Object> verdict(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        Admission admission = admissions.admit(request, trail);
        Decision decision = decisions.of(admission);
        boolean tellsDetails = standing.tellsDetails(admission.caller(), decision);
        if (decision instanceof Deny denied && !tellsDetails) {
            // A stranger uses nothing of the owner's allowance.
            throw RefusedException.denied(denied.message(), false);
        }
        Map<String, Object> verdict = explained(admission);
        switch (decision) {
            case Permit permit -> tellShare(admission, permit, request.subset(), verdict, trail);
            case Deny denied ->
                trail.refused(RefusedException.denied(denied.message(), true).reason());
        }
        if (!tellsDetails) {
            DETAILS.forEach(verdict::remove);
        }
        return verdict;
    }

    private Map<String, Object> explained(Admission admission) throws RefusedException {
        try {
            return allowance.run(
                    admission.target().account(),
                    () -> new LinkedHashMap<>(Explanation.of(admission.policy(), admission.claims(), domain)
                            .toMapForBearer()));
        } catch (BusyException busy) {
            throw RefusedException.turnedAway(TurnedAway.EXPLANATIONS, busy.retryAfter());
        }
    }

    private void tellShare(
            Admission admission, Permit permit, RequestedGrant subset, Map<String, Object> verdict, AuditTrail trail)
            throws RefusedException {
        verdict.put("repositories", admission.repositories());
        NarrowedGrant share;
        try {
            share = NarrowedGrant.of(permit.grant(), admission.repositories(), subset);
        } catch (RefusedException excess) {
            tellRefusal(excess.reason(), verdict, trail);
            return;
        }
        GuardrailResult judgement = governance.judge(admission, share.permissions(), trail);
        verdict.put("permissions", new TreeMap<String, Object>(share.wireLevels()));
        verdict.put("repositories", share.repositories());
        List<Map<String, Object>> rules = judgement.toMaps();
        if (!rules.isEmpty()) {
            verdict.put("guardrails", rules);
        }
        if (judgement.refusal().isPresent()) {
            tellRefusal(judgement.refusal().get(), verdict, trail);
        } else {
            routes.fitting(admission.policy(), admission.target(), admission.pool(), admission.reading());
        }
    }

    private static void tellRefusal(Problem problem, Map<String, Object> verdict, AuditTrail trail) {
        trail.refused(problem);
        verdict.put("accepted", false);
        verdict.put("summary", problem.message());
        verdict.put("message", problem.message());
    }
}
