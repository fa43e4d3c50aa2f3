package dev.octosts.exchange;

import dev.octosts.api.InstallationChanged;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.source.OrganizationEnforcement;
import dev.octosts.github.Route;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import dev.octosts.sandbox.DemoWorld;
import java.util.Optional;

/** What the service of a fixture knows of the files at GitHub, and how it forgets that. */
final class FixtureRules {

    private final ExchangeFixture world;
    private final ExchangeWiring wiring;

    FixtureRules(ExchangeFixture world, ExchangeWiring wiring) {
        this.world = world;
        this.wiring = wiring;
    }

    /** Waits for a look at a policy that an exchange may have begun and not waited for. */
    void awaitPolicy(String scope) {
        var target = target(scope);
        try {
            Route route = wiring.router().next(target, wiring.router().pool(target));
            wiring.policies()
                    .find(target.policy(), ReadScope.of(route, target.policy().repository()));
        } catch (RefusedException withoutRoute) {
            // then nothing was begun
        }
    }

    /** What is known of the organization without asking GitHub. */
    Optional<OrganizationEnforcement> known() {
        return wiring.organizations().known(target(world.scope()).account());
    }

    private static Target target(String scope) {
        return Target.parse(scope, ExchangeFixture.IDENTITY, DemoWorld.POLICY_REPOSITORY)
                .orElseThrow();
    }

    /** Guard rails as a review finds them. */
    GuardrailsInForce guardrails() {
        return wiring.guardrails().of(world.gitHub().route());
    }

    /** Looks anew for everything, as after a delivery that was turned away. */
    void expireAll() {
        wiring.policies().expireAll();
        wiring.organizations().forgetAll();
    }

    /** Forgets what an event of GitHub says about the owner's installation. */
    void installationChanged() {
        new CacheInvalidation(wiring)
                .forget(new InstallationChanged(world.gitHub().owner()));
    }

    /** The end of the service. */
    void end() {
        wiring.readTokens().close();
    }
}
