package dev.octosts.exchange;

import dev.octosts.api.InstallationChanged;
import dev.octosts.exchange.source.OrganizationEnforcement;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import dev.octosts.sandbox.DemoWorld;
import java.util.Optional;

/** What the service of a fixture knows of the files at GitHub, and how it forgets that. */
final class FixtureRules {

    private final ExchangeFixture world;
    private final ExchangeWiring wiring;
    private final RuleLoader rules;

    FixtureRules(ExchangeFixture world, ExchangeWiring wiring) {
        this.world = world;
        this.wiring = wiring;
        this.rules = wiring.rules();
    }

    /** Waits for a look at a policy that an exchange may have begun and not waited for. */
    void awaitPolicy(String scope) {
        var target = target(scope);
        try (var files =
                rules.open(target, wiring.router().next(target, wiring.router().pool(target)))) {
            files.policy();
        } catch (RefusedException withoutRoute) {
            // then nothing was begun
        }
    }

    /** What is known of the organization without asking GitHub. */
    Optional<OrganizationEnforcement> known() {
        return rules.known(target(world.scope()));
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
        rules.expireAll();
    }

    /** Forgets what an event of GitHub says about the owner's installation. */
    void installationChanged() {
        rules.forget(new InstallationChanged(world.gitHub().owner()));
    }

    /** The end of the service. */
    void end() {
        rules.revokeTokens();
    }
}
