package dev.octosts.policy.explain;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Decision;
import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.Formats;
import dev.octosts.policy.Level;
import dev.octosts.policy.Rule;
import dev.octosts.policy.RuleCheck;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.text.GoQuoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The reason why a policy accepts a token or refuses it. It contains the token's claims, so only the token's holder may
 * see it.
 *
 * @param decision what the exchange decides
 * @param message what the exchange says; empty when it accepts
 * @param rules the result of each rule, in the order in which they are checked
 * @param change what would accept the token; empty when it is accepted, or when no change of a few lines does
 */
public record Explanation(
        Decision decision, String message, List<RuleExplanation> rules, Optional<SmallestChange> change) {
    private static final int MAX_AUDIENCES = 3;

    /**
     * The smallest change of a policy that would accept a token.
     *
     * @param lines of the changed policy, in YAML; a line that has to be removed is a comment
     * @param warnings why that may be too broad; empty when there is no such reason
     */
    public record SmallestChange(List<String> lines, List<String> warnings) {
        public SmallestChange {
            lines = List.copyOf(lines);
            warnings = List.copyOf(warnings);
        }
    }

    public Explanation {
        rules = List.copyOf(rules);
    }

    /**
     * Explains what the exchange would decide.
     *
     * @param claims of a token, verified or not
     * @param domain what a token must be meant for when the policy does not say
     */
    public static Explanation of(TrustPolicy policy, Claims claims, String domain) {
        Decision decision = policy.evaluate(claims, domain);
        var explainer = new RuleExplainer(policy.document(), claims);
        List<RuleExplanation> rules =
                decision.checks().stream().map(explainer::of).toList();
        String message = message(decision, claims);
        boolean wellFormed = Formats.fault(claims).isEmpty();
        Optional<SmallestChange> change = decision instanceof Deny && wellFormed
                ? ChangeFinder.accepting(policy.document(), rules, claims, domain)
                : Optional.empty();
        return new Explanation(decision, message, rules, change);
    }

    /** Whether the exchange accepts the token. */
    public boolean accepted() {
        return decision instanceof Permit && message.isEmpty();
    }

    /** The cause and what to do about it in one line. */
    public String summary() {
        if (accepted()) {
            return "accepted: every rule is satisfied";
        }
        return rules.stream()
                .filter(rule -> message.startsWith("trust policy: ") && !rule.satisfied())
                .findFirst()
                .map(rule -> cause(rule) + remedy())
                .orElse(message);
    }

    /** A token for another audience is in order; it is the request for it that has to change, and not the policy. */
    private static String cause(RuleExplanation rule) {
        Rule required = rule.check().rule();
        boolean another = rule.check().outcome() == RuleCheck.Outcome.DIFFERENT;
        if (required.aspect() != Rule.Aspect.AUDIENCE || !another) {
            return "%s: %s".formatted(rule.key(), rule.hint());
        }
        return "request the token with %s; this one %s"
                .formatted(
                        required.pattern()
                                ? "an audience that matches " + required.required()
                                : "audience " + required.required(),
                        presented(rule.presented()));
    }

    private static String presented(List<String> audiences) {
        if (audiences.isEmpty()) {
            return "has none";
        }
        return "is for " + String.join(", ", audiences.subList(0, Math.min(MAX_AUDIENCES, audiences.size())))
                + (audiences.size() > MAX_AUDIENCES ? ", …" : "");
    }

    private String remedy() {
        return change.map(found -> "; to accept it, " + String.join(" and ", steps(found.lines())))
                .orElse("");
    }

    /** Lines of a policy as steps. An indented line belongs to the key above it. */
    private static List<String> steps(List<String> lines) {
        var steps = new ArrayList<String>();
        String above = "";
        for (String line : lines) {
            if (line.startsWith("# ")) {
                steps.add(line.substring(2));
            } else if (line.startsWith(" ")) {
                steps.add("write %s below %s".formatted(line.strip(), above));
            } else if (line.endsWith(":")) {
                above = line.substring(0, line.length() - 1);
            } else {
                steps.add("write " + line);
            }
        }
        return steps;
    }

    /** For people to read. */
    public String text() {
        var text = new StringBuilder(summary()).append('\n');
        if (!accepted()) {
            text.append("the exchange answers: ").append(message).append('\n');
        }
        for (RuleExplanation rule : rules) {
            text.append(rule.satisfied() ? "  ok    " : "  FAIL  ")
                    .append(rule.key())
                    .append(": ")
                    .append(rule.check().rule().shown())
                    .append('\n');
            rule.presented()
                    .forEach(value -> text.append("          token: ")
                            .append(GoQuoted.of(value))
                            .append('\n'));
            rule.closest()
                    .ifPresent(progress -> text.append(" ".repeat(18 + quotedLength(progress)))
                            .append("^ ")
                            .append(rule.hint())
                            .append('\n'));
        }
        change.ifPresent(found -> {
            text.append("to accept this token:\n");
            found.lines().forEach(line -> text.append("  ").append(line).append('\n'));
            found.warnings()
                    .forEach(warning -> text.append("careful: ").append(warning).append('\n'));
        });
        return text.toString();
    }

    /** For programs to read: texts, numbers, booleans, lists and maps. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("accepted", accepted());
        map.put("summary", summary());
        map.put("message", message);
        map.put("rules", rules.stream().map(Explanation::toMap).toList());
        if (decision instanceof Permit permit && accepted()) {
            var permissions = new TreeMap<String, Object>();
            permit.grant().permissions().forEach((String name, Level level) -> permissions.put(name, level.wireName()));
            map.put("permissions", permissions);
            map.put("repositories", permit.grant().repositories());
        }
        change.ifPresent(found -> {
            map.put("change", found.lines());
            map.put("warnings", found.warnings());
        });
        return map;
    }

    /**
     * The part that the token's bearer may know when it cannot read the policy. That is everything, unless the policy
     * is for other issuers; then it is only that fact.
     */
    public Map<String, Object> toMapForBearer() {
        return rules.getFirst().satisfied()
                ? toMap()
                : Map.of("accepted", false, "summary", "the policy does not accept tokens of this issuer");
    }

    private static Map<String, Object> toMap(RuleExplanation rule) {
        var map = new LinkedHashMap<String, Object>();
        map.put("key", rule.key());
        map.put("satisfied", rule.satisfied());
        map.put("pattern", rule.check().rule().pattern());
        map.put("required", rule.check().rule().required());
        if (!rule.check().rule().alternatives().isEmpty()) {
            map.put("alternatives", rule.check().rule().alternatives());
        }
        map.put("presented", rule.presented());
        rule.closest().ifPresent(progress -> map.put("position", progress.position()));
        if (!rule.satisfied()) {
            map.put("hint", rule.hint());
        }
        return map;
    }

    private static int quotedLength(RuleExplanation.MatchProgress progress) {
        String start = progress.value().substring(0, progress.value().offsetByCodePoints(0, progress.position()));
        return GoQuoted.of(start).length() - 2;
    }

    /** The exchange checks formats before it looks at the policy. */
    private static String message(Decision decision, Claims claims) {
        return Formats.fault(claims).orElseGet(() -> switch (decision) {
            case Deny deny -> deny.message();
            case Permit _ -> "";
        });
    }
}
