package dev.octosts.exchange;

import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.installation.ReadTokens;
import dev.octosts.exchange.source.OrganizationEnforcement;
import dev.octosts.exchange.source.OrganizationSource;
import dev.octosts.exchange.source.PolicySource;
import dev.octosts.github.Route;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the files that decide an exchange. Files that are not known yet are read in parallel. */
final class RuleLoader {

    private final String policyRepository;
    private final PolicySource policies;
    private final OrganizationSource organizations;
    private final ReadTokens tokens;
    private final InstallationRouter router;

    RuleLoader(
            String policyRepository,
            PolicySource policies,
            OrganizationSource organizations,
            ReadTokens tokens,
            InstallationRouter router) {
        this.router = router;
        this.policyRepository = policyRepository.toLowerCase(Locale.ROOT);
        this.policies = policies;
        this.organizations = organizations;
        this.tokens = tokens;
    }

    /** Whether GitHub has said within the last minutes that there is no such policy. */
    boolean isKnownAbsent(Target target) {
        return policies.isKnownAbsent(target.policy());
    }

    /**
     * Whether the policy was there within the last hour, its absence is known, or it is being read. Then a lookup would
     * find nothing new, or costs no call.
     */
    boolean isRemembered(Target target) {
        return policies.isRemembered(target.policy());
    }

    /** Whether nothing has to be read to find the policy. */
    boolean isKnown(Target target) {
        return policies.isKnown(target.policy());
    }

    /** How an organization's files bind, when a fresh answer is known without asking GitHub. */
    Optional<OrganizationEnforcement> known(Target target) {
        return organizations.known(target.account());
    }

    /**
     * Begins to read the files of an exchange. When nothing is known about the owner yet, each repository is read with
     * a token of its own. GitHub refuses a token for two repositories when the App does not see one of them. That is
     * common for the policy repository, and the caller would wait for another round.
     *
     * @param route the route by which they are read, if that is necessary
     */
    ExchangeFiles open(Target target, Route route) {
        var organization = ReadScope.of(route, policyRepository);
        var policy = ReadScope.of(route, target.policy().repository());
        if (organizations.isKnown(target.account())) {
            return new ExchangeFiles(null, organizations.begin(organization), begin(target, policy));
        }
        if (!policies.isKnown(target.policy()) && tokens.canRead(organization)) {
            organization = ReadScope.of(route, policyRepository, target.policy().repository());
            policy = organization;
        }
        // Kept from here on, so that the token outlives the read that ends first.
        var token = tokens.keep(organization);
        return new ExchangeFiles(token, organizations.begin(organization), begin(target, policy));
    }

    /** The policy alone; waits for it. */
    PolicySource.Found policy(Target target, Route route) {
        return begin(target, ReadScope.of(route, target.policy().repository())).get();
    }

    private Supplier<PolicySource.Found> begin(Target target, ReadScope reading) {
        return policies.begin(target.policy(), reading, () -> router.others(target.account(), reading.route()));
    }

    /**
     * How an organization's files bind.
     *
     * @param route through which they are read, should it be necessary
     */
    OrganizationEnforcement organization(Route route) {
        return organizations.begin(ReadScope.of(route, policyRepository)).get();
    }

    /** The files of an exchange. */
    static final class ExchangeFiles implements AutoCloseable {

        private final ReadTokens.@Nullable Lease token;
        private final Supplier<OrganizationEnforcement> organization;
        private final Supplier<PolicySource.Found> policy;

        private ExchangeFiles(
                ReadTokens.@Nullable Lease token,
                Supplier<OrganizationEnforcement> organization,
                Supplier<PolicySource.Found> policy) {
            this.token = token;
            this.organization = organization;
            this.policy = policy;
        }

        /** How the organization's files bind; waits for it. To be called once. */
        OrganizationEnforcement organization() {
            return organization.get();
        }

        /** The policy, and the route for the rest of the exchange; waits for it. To be called once. */
        PolicySource.Found policy() {
            return policy.get();
        }

        @Override
        public void close() {
            if (token != null) {
                token.close();
            }
        }
    }
}
