package dev.octosts.policy.guardrail;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Policies;
import dev.octosts.policy.diagnostic.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Guard rails, and grants that they judge. */
final class TestGuardrails {
    static final String ISSUER = "https://token.actions.githubusercontent.com";
    static final String ABOUT = "issuers: [{issuer: " + ISSUER + ", ";

    private TestGuardrails() {}

    /** What a policy of octo-org/octo-repo grants to a workflow of the same repository; rows change one thing. */
    record Case(String repository, String policy, Map<String, Object> claims) {

        static Case base() {
            return new Case(
                    "octo-repo",
                    """
                    issuer: %s
                    subject: repo:octo-org/octo-repo:ref:refs/heads/main
                    claim_pattern:
                      repository_owner_id: '9919'
                      ref: .*
                    permissions:
                      contents: read
                      issues: write
                    """.formatted(ISSUER),
                    Map.of("repository_owner", "octo-org", "repository", "octo-org/octo-repo"));
        }

        Case granting(String permission) {
            return new Case(repository, policy + "  " + permission + "\n", claims);
        }

        Case with(String from, String to) {
            return new Case(repository, policy.replace(from, to), claims);
        }

        Case in(String other) {
            return new Case(other, policy, claims);
        }

        Case without(String claim) {
            var others = new HashMap<>(claims);
            others.remove(claim);
            return new Case(repository, policy, others);
        }

        GuardedGrant grant() {
            var compiled = Policies.valid(policy);
            var presented =
                    new Claims(ISSUER, "repo:octo-org/octo-repo:ref:refs/heads/main", List.of(), new HashMap<>(claims));
            return new GuardedGrant(
                    "octo-org",
                    repository,
                    compiled,
                    presented,
                    compiled.grant().permissions());
        }
    }

    static Guardrails valid(String file) {
        return switch (Guardrails.read(file.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Valid(var rails) -> rails;
            case Parsed.Invalid(var faults) -> throw new AssertionError(faults);
        };
    }
}
