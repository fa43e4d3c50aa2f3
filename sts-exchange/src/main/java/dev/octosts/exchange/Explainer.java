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

    private final Admissions admissions;
    private final Decisions decisions;
    private final Governance governance;
    private final InstallationRouter router;
    private final WorkAllowance allowance;
    private final Audit audit;

    /**
     * An explainer.
     *
     * @param allowance how much work explanations may make, by owner
     */
    Explainer(
            Admissions admissions,
            Decisions decisions,
            Governance governance,
            InstallationRouter router,
            WorkAllowance allowance,
            Audit audit) {
        this.admissions = admissions;
        this.decisions = decisions;
        this.governance = governance;
        this.router = router;
        this.allowance = allowance;
        this.audit = audit;
    }

    @Override
    public ExplanationResult explain(ExchangeRequest request) {
        return audit.audited(
                Operation.EXPLANATION,
                request,
                trail -> new ExplanationResult.Told(explanation(request, trail)),
                ExplanationResult.Refused::new);
    }

    private Map<String, Object> explanation(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        Admission admission = admissions.admit(request, trail);
        Decision decision = decisions.of(admission);
        boolean showsDetails = decisions.showsDetails(admission, decision);
        if (decision instanceof Deny denied && !showsDetails) {
            // A stranger uses nothing of the owner's allowance.
            throw Refusal.denied(denied.message(), "", false);
        }
        Map<String, Object> explanation = explained(admission);
        switch (decision) {
            case Permit permit -> addGrant(admission, permit, request.subset(), explanation, trail);
            case Deny denied ->
                trail.refused(Refusal.denied(denied.message(), "", true).reason());
        }
        if (!showsDetails) {
            DETAILS.forEach(explanation::remove);
        }
        return explanation;
    }

    private Map<String, Object> explained(Admission admission) throws RefusedException {
        try {
            return allowance.run(
                    admission.target().account(),
                    () -> new LinkedHashMap<>(Explanation.of(admission.policy(), admission.claims(), decisions.domain())
                            .toMapForBearer()));
        } catch (BusyException busy) {
            throw Refusal.turnedAway(TurnedAway.EXPLANATIONS, busy.retryAfter());
        }
    }

    private void addGrant(
            Admission admission,
            Permit permit,
            RequestedGrant subset,
            Map<String, Object> explanation,
            AuditTrail trail)
            throws RefusedException {
        explanation.put("repositories", admission.repositories());
        NarrowedGrant grant;
        try {
            grant = NarrowedGrant.of(permit.grant(), admission.repositories(), subset);
        } catch (RefusedException excess) {
            addRefusal(excess.reason(), explanation, trail);
            return;
        }
        GuardrailResult guardrails = governance.checkGrant(admission, grant);
        trail.checked(guardrails);
        explanation.put("permissions", new TreeMap<String, Object>(grant.wireLevels()));
        explanation.put("repositories", grant.repositories());
        List<Map<String, Object>> rules = guardrails.toMaps();
        if (!rules.isEmpty()) {
            explanation.put("guardrails", rules);
        }
        if (guardrails.refusal().isPresent()) {
            addRefusal(guardrails.refusal().get().problem(), explanation, trail);
        } else {
            router.fitting(admission);
        }
    }

    private static void addRefusal(Problem problem, Map<String, Object> explanation, AuditTrail trail) {
        trail.refused(problem);
        explanation.put("accepted", false);
        explanation.put("summary", problem.message());
        explanation.put("message", problem.message());
    }
}
