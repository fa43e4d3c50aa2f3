package dev.octosts.policy;

import java.util.Map;
import org.junit.jupiter.params.provider.Arguments;

/** A policy file in the making, for a row of a test: it begins with an accepted one and changes one thing. */
record PolicyRow(String file) {

    static PolicyRow policy(String more) {
        return new PolicyRow(Policies.ACCEPTED + more + "\n");
    }

    static PolicyRow claim(String name, String pattern) {
        return policy("claim_pattern:\n  " + name + ": " + pattern);
    }

    static PolicyRow subject(String pattern) {
        return policy("").without("subject").with("subject_pattern: " + pattern);
    }

    PolicyRow without(String start) {
        return new PolicyRow(file.replaceAll("(?m)^" + start + ".*\n", ""));
    }

    PolicyRow with(String line) {
        return new PolicyRow(file + line + "\n");
    }

    Arguments token(String name, Map<String, ?> changed) {
        return Arguments.argumentSet(name, file, changed);
    }

    Arguments token(String name, Map<String, ?> changed, String reason) {
        return Arguments.argumentSet(name, file, changed, reason);
    }
}
