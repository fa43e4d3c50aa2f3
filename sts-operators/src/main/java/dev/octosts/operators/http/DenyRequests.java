package dev.octosts.operators.http;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRuleForm;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Operator;
import dev.octosts.operators.spi.DenyDesk.Listed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Adds and removes rules that stop callers, as far as the operator's role goes. */
public final class DenyRequests {

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,4})(m|h|d)");

    private final OperatorPorts ports;

    /** Over the rules of the service. */
    public DenyRequests(OperatorPorts ports) {
        this.ports = ports;
    }

    /** The rules that somebody may see: those that are limited to accounts within the role. */
    public List<Listed> seen(Operator operator) throws StoreException {
        return Stores.deny(ports).rules().stream()
                .filter(listed ->
                        operator.views().includes(listed.rule().target().owner()))
                .toList();
    }

    /** One of them. */
    public Listed seen(Operator operator, String id) throws StoreException {
        return seen(operator).stream()
                .filter(listed -> listed.rule().id().equals(id))
                .findFirst()
                .orElseThrow(() -> CallRefused.absent("rule"));
    }

    /** The rule that these fields describe; it is not in force yet. */
    public DenyRule described(Operator operator, Map<String, String> fields) {
        DenyRuleForm form = checked(
                fields,
                "the rule would stop everybody; give at least one of {owner}, {identity}, {issuer}, {subject} and"
                        + " {claim}, not only a *");
        DenyRule rule = form.rule(end(field(fields, "for")));
        checkReach(operator, rule.target().owner());
        return rule;
    }

    /** The rules in force that stop whom a rule stops, as far as somebody may see them; without the rule itself. */
    public List<Listed> covering(Operator operator, DenyRule rule) throws StoreException {
        Instant now = ports.clock().instant();
        return seen(operator).stream()
                .filter(listed -> !listed.rule().id().equals(rule.id()))
                .filter(listed -> listed.rule().covers(rule))
                .filter(listed -> listed.rule()
                        .expiresAt()
                        .filter(end -> !end.isAfter(now))
                        .isEmpty())
                .toList();
    }

    /** Puts a rule in force. */
    public void add(Operator operator, DenyRule rule) throws StoreException {
        Stores.deny(ports).add(rule, operator.name());
    }

    /** Removes a rule. */
    public void remove(Operator operator, String id, String why) throws StoreException {
        if (!DenyRuleForm.isReason(why)) {
            throw CallRefused.invalid(
                    "a reason is needed: one line of text, at most " + DenyRuleForm.LONGEST_REASON + " characters");
        }
        Listed listed = seen(operator, id);
        if (!operator.changes().includes(listed.rule().target().owner())) {
            throw new CallRefused(403, "your role does not allow this");
        }
        if (!Stores.deny(ports).remove(id, operator.name(), why.strip())) {
            throw CallRefused.absent("rule");
        }
    }

    /**
     * What the fields say, without a fault.
     *
     * @param everybody what is wrong when they choose everybody
     */
    static DenyRuleForm checked(Map<String, String> fields, String everybody) {
        var form = new DenyRuleForm(
                field(fields, "owner"),
                field(fields, "repository"),
                field(fields, "identity"),
                field(fields, "issuer"),
                field(fields, "subject"),
                field(fields, "claim"),
                field(fields, "reason"));
        form.fault().ifPresent(fault -> {
            throw CallRefused.invalid(text(fault, everybody));
        });
        return form;
    }

    /** Whether an operator may act on what is limited to an account; the empty name is no limit. */
    static void checkReach(Operator operator, String owner) {
        if (!operator.changes().includes(owner)) {
            throw new CallRefused(
                    403,
                    operator.changes().isNothing()
                            ? "your role does not allow this"
                            : "your role is limited to accounts; give one of them as the {owner}");
        }
    }

    private static String field(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "").strip();
    }

    private static String text(DenyRuleForm.FormFault fault, String everybody) {
        return switch (fault.part()) {
            case WHOLE -> everybody;
            case OWNER, REPOSITORY, IDENTITY, ISSUER, SUBJECT, CLAIM, REASON ->
                "{" + fault.part().name().toLowerCase(Locale.ROOT) + "} "
                        + fault.problem().replace("the owner", "the {owner}");
        };
    }

    private Optional<Instant> end(String life) {
        if (life.isEmpty()) {
            return Optional.empty();
        }
        var form = TIME.matcher(life);
        if (!form.matches()) {
            throw CallRefused.invalid("{for} is a time such as 90m, 24h or 7d");
        }
        long count = Long.parseLong(form.group(1));
        Duration duration = switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
        if (duration.compareTo(DenyRuleForm.LONGEST) > 0) {
            throw CallRefused.invalid("{for} is longer than ten years; without it, a rule stays until it is removed");
        }
        return Optional.of(ports.clock().instant().plus(duration));
    }
}
