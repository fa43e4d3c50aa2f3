package dev.octosts.operators;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of the operators' side.
 *
 * @param port where it listens; 0 for any that is free
 * @param issuer the identity provider of operators, as its tokens name it
 * @param audience the audience of programs' tokens; empty when programs have no access
 * @param login how people log in; empty when they do not
 * @param rolesClaim the claim with the groups of a person or program
 * @param viewers who may see
 * @param operators who may see and act
 * @param streamToken gives the token of GitHub's stream of the audit log, each time anew; empty for no stream
 */
public record OperatorsSettings(
        int port,
        String issuer,
        Optional<String> audience,
        Optional<Login> login,
        String rolesClaim,
        List<RoleAssignment> viewers,
        List<RoleAssignment> operators,
        Optional<Supplier<Optional<String>>> streamToken) {

    public OperatorsSettings {
        viewers = List.copyOf(viewers);
        operators = List.copyOf(operators);
    }

    /** The accounts that a role is limited to. */
    public Set<String> limits() {
        return Stream.concat(viewers.stream(), operators.stream())
                .flatMap(assignment -> assignment.owners().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * How people log in.
     *
     * @param clientId this service, as the provider knows it
     * @param secret gives the client's secret, each time anew; empty for a client without one
     * @param address the public address of this listener, without a slash at its end
     */
    public record Login(String clientId, Supplier<Optional<String>> secret, URI address) {

        /** Where the provider sends browsers back to. */
        public URI redirect() {
            return URI.create(address + "/login/callback");
        }

        /** Whether browsers come over TLS. */
        public boolean isSecure() {
            return "https".equals(address.getScheme());
        }
    }

    /**
     * A group that has a role.
     *
     * @param group its name in the claim
     * @param owners the accounts that the role is limited to, in lower case; empty for no limit
     */
    public record RoleAssignment(String group, Set<String> owners) {

        public RoleAssignment {
            owners = Set.copyOf(owners);
        }
    }
}
