package dev.octosts.policy.guardrail;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.TrustPolicy;
import java.util.Map;

/**
 * A grant by a policy, as guard rails check it.
 *
 * @param owner the account
 * @param repository the repository that holds the policy, without its owner; the token of a repository's policy covers
 *     it and no other
 * @param policy the policy
 * @param claims of the token that the policy accepted
 * @param permissions what would be granted
 */
public record GuardedGrant(
        String owner, String repository, TrustPolicy policy, Claims claims, Map<String, Level> permissions) {
    public GuardedGrant {
        permissions = Map.copyOf(permissions);
    }

    /** Whether at least that level of the permission would be granted. */
    boolean grants(String permission, Level level) {
        Level granted = permissions.get(permission);
        return granted != null && granted.compareTo(level) >= 0;
    }
}
