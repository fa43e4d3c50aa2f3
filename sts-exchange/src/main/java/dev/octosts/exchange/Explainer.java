package dev.octosts.exchange;

import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.PolicyAnswer;
import dev.octosts.api.PolicyExplainer;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.Subset;
import dev.octosts.exchange.Exchange.Case;
import dev.octosts.policy.lint.Explanation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Goes the way of an {@link Exchange}, stops before the mint, and tells what it saw. */
final class Explainer implements PolicyExplainer {

    private final String domain;
    private final Exchange exchange;
    private final Audit audit;

    /** @param domain the audience that a token must have when a policy names none */
    Explainer(String domain, Exchange exchange, Audit audit) {
        this.domain = domain;
        this.exchange = exchange;
        this.audit = audit;
    }

    @Override
    public PolicyAnswer explain(ExchangeRequest request) {
        return audit.audited(
                Operation.EXPLANATION,
                request,
                trail -> new PolicyAnswer.Told(verdict(request, trail)),
                PolicyAnswer.Refused::new);
    }

    private Map<String, Object> verdict(ExchangeRequest request, AuditTrail trail) throws RefusedException {
        Case open = exchange.open(request, trail);
        var explanation = Explanation.of(open.policy(), open.bearer().claims(), domain);
        var verdict = new LinkedHashMap<>(explanation.toMapForBearer());
        if (explanation.accepted()) {
            tellShare(open, request.subset(), verdict, trail);
        } else {
            trail.refused(new Problem(ProblemCode.PERMISSION_DENIED, explanation.message()));
        }
        return verdict;
    }

    private void tellShare(Case open, Subset subset, Map<String, Object> verdict, AuditTrail trail)
            throws RefusedException {
        verdict.put("repositories", open.repositories());
        Share share;
        try {
            share = Share.of(open.policy().grant(), open.repositories(), subset);
        } catch (RefusedException excess) {
            tellRefusal(excess.problem(), verdict, trail);
            return;
        }
        Judgement judgement = exchange.judged(open, share, trail);
        verdict.put("permissions", new TreeMap<String, Object>(share.wireLevels()));
        verdict.put("repositories", share.repositories());
        List<Map<String, Object>> rules = judgement.toMaps();
        if (!rules.isEmpty()) {
            verdict.put("guardrails", rules);
        }
        if (judgement.refusal().isPresent()) {
            tellRefusal(judgement.refusal().get(), verdict, trail);
        } else {
            exchange.fitting(open);
        }
    }

    private static void tellRefusal(Problem problem, Map<String, Object> verdict, AuditTrail trail) {
        trail.refused(problem);
        verdict.put("accepted", false);
        verdict.put("summary", problem.message());
        verdict.put("message", problem.message());
    }
}
