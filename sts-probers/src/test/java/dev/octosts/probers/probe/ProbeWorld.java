package dev.octosts.probers.probe;

import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.Network;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.InstallationToken;
import dev.octosts.sandbox.oidc.TokenBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A GitHub, an issuer and the way to them, with a policy for the prober and one for somebody else. */
final class ProbeWorld implements AutoCloseable {

    static final String SCOPE = DemoWorld.OWNER + "/" + DemoWorld.REPOSITORY;

    /** Longer than any answer takes. */
    static final Duration PATIENT = Duration.ofSeconds(30);

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld demo = DemoWorld.in(sandbox);
    private final Network network = new Network(new Network.NetworkSettings(
            "octo-sts-test/1", Optional.empty(), Optional.of(sandbox.authority().clientContext())));

    ProbeWorld() {
        demo.repository()
                .put(DemoWorld.policyFile(TestSts.IDENTITY), "issuer: x\n")
                .put(DemoWorld.policyFile(TestSts.SOMEBODY_ELSES), "issuer: x\n");
    }

    Sandbox sandbox() {
        return sandbox;
    }

    DemoWorld demo() {
        return demo;
    }

    Network network() {
        return network;
    }

    /** A platform that signs for whatever audience is asked. */
    IdentityTokenSource platform() {
        return audience -> obtained(token(audience).sign());
    }

    /** The same platform, an hour ago. */
    IdentityTokenSource formerly() {
        long then = sandbox.clock().instant().minus(Duration.ofHours(1)).getEpochSecond();
        return audience -> obtained(
                token(audience).claim("iat", then).claim("exp", then + 600).sign());
    }

    private TokenBuilder token(String audience) {
        return demo.issuer().token().subject(TestSts.SUBJECT).audience(audience);
    }

    private static Result obtained(String token) {
        return new Result.Obtained(new IdentityToken(token));
    }

    ProbeTarget target(ServiceAddress service, Duration slow) {
        return target(service, slow, _ -> platform());
    }

    ProbeTarget target(ServiceAddress service, Duration slow, ProbeTarget.TokenSupply tokens) {
        return new ProbeTarget(
                service,
                gitHub(),
                TestSts.DOMAIN,
                SCOPE,
                TestSts.IDENTITY,
                tokens,
                new ProbeTarget.OtherTargets(
                        Optional.empty(),
                        Optional.of(TestSts.SOMEBODY_ELSES),
                        Optional.empty(),
                        Optional.of(_ -> formerly())),
                slow);
    }

    ServiceAddress gitHub() {
        return ServiceAddress.of(sandbox.github().baseUri().toString());
    }

    List<InstallationToken> liveTokens() {
        return sandbox.github().liveTokens(Set.of());
    }

    /** Leaves nothing of the test before. */
    void mend() {
        sandbox.github().clearFaults();
        sandbox.github().tokenLifetime(Duration.ofHours(1));
        sandbox.github().calls().clear();
    }

    ProbeReport probe(TestSts sts, Round round, Duration slow) throws InterruptedException {
        return new Prober(target(sts.address(), slow), network, sandbox.clock()).probe(round);
    }

    /** Alarms as {@code check outcome}. */
    static List<String> alarms(ProbeReport report) {
        return report.alarms().stream()
                .map(result -> result.check() + " " + result.outcome().kind())
                .toList();
    }

    static String text(ProbeReport report) {
        return report.results().stream().map(ProbeReport.CheckResult::toString).collect(Collectors.joining("\n"));
    }

    /** The service's own mints are no calls of the prober. */
    int callsOf(TestSts sts) {
        return sts.requests()
                + sandbox.github().calls().count(Calls.kind(CallKind.MINT).negate());
    }

    @Override
    public void close() {
        network.close();
        sandbox.close();
    }
}
