package dev.octosts.operators.http;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRuleForm;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Operator;
import dev.octosts.operators.spi.RecallDesk.Holder;
import dev.octosts.operators.spi.RecallDesk.Recalled;
import java.util.Map;
import java.util.Optional;

/** Takes back what somebody holds, as far as the operator's role goes. */
public final class RecallRequests {

    private final OperatorPorts ports;

    /** Over the service. */
    public RecallRequests(OperatorPorts ports) {
        this.ports = ports;
    }

    /** Whether tokens can be taken back. */
    public boolean isOn() {
        return ports.recall().isOn();
    }

    /**
     * What an operator asks for.
     *
     * @param holder whose tokens
     * @param reason why
     */
    public record RecallRequest(Holder holder, String reason) {}

    /** What these fields say; nothing is done yet. They are those of a rule that stops callers, without a claim. */
    public RecallRequest described(Operator operator, Map<String, String> fields) {
        if (!fields.getOrDefault("claim", "").isBlank()) {
            throw CallRefused.invalid("tokens are not kept with their callers' claims; leave {claim} out");
        }
        DenyRuleForm form = DenyRequests.checked(
                fields,
                "this would be everybody; give at least one of {owner}, {identity}, {issuer} and {subject}, not only a"
                        + " *");
        DenyRule rule = form.rule(Optional.empty());
        DenyRequests.checkReach(operator, rule.target().owner());
        return new RecallRequest(
                new Holder(
                        rule.target().owner(),
                        rule.target().repository(),
                        rule.target().identity(),
                        rule.caller().issuer(),
                        rule.caller().subject()),
                rule.reason());
    }

    /** How many tokens there are. */
    public long held(RecallRequest wanted) throws StoreException {
        return Stores.recall(ports).held(wanted.holder());
    }

    /** Takes them back. */
    public Recalled recall(Operator operator, RecallRequest wanted) throws StoreException {
        return Stores.recall(ports).recall(wanted.holder(), operator.name(), wanted.reason());
    }
}
