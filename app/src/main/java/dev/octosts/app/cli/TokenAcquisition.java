package dev.octosts.app.cli;

import dev.octosts.app.cli.TokenAcquisition.Order;
import dev.octosts.app.settings.Outgoing;
import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.StsClient;
import java.util.Map;
import java.util.Optional;

/** Gets a GitHub token for a command, or reports why there is none. */
final class TokenAcquisition {

    /**
     * The request of a caller.
     *
     * @param service the service to ask
     * @param scope {@code owner} or {@code owner/repository}
     * @param identity the name of the trust policy
     * @param subset parameters that ask for a part of the grant; gRPC has no place for them
     * @param grpc whether to ask over gRPC instead of HTTP
     */
    record Order(
            ServiceAddress service,
            String scope,
            String identity,
            Map<String, String> subset,
            boolean grpc,
            RetryBudget retries) {}

    private final CommandEnvironment environment;
    private final Network network;

    TokenAcquisition(CommandEnvironment environment, Network network) {
        this.environment = environment;
        this.network = network;
    }

    /** The network that the environment describes. */
    static Network network(CommandEnvironment environment, String userAgent) throws CommandFailure {
        var outgoing = Outgoing.read(environment.variables());
        if (!outgoing.faults().isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    outgoing.faults().stream().map(Object::toString).toArray(String[]::new));
        }
        return new Network(new Network.NetworkSettings(userAgent, outgoing.proxies(), Optional.of(outgoing.tls())));
    }

    ExchangeAnswer.Token token(TokenOptions options, Order order) throws CommandFailure, InterruptedException {
        var source = options.source(environment, network, order.retries());
        var audience = options.audience(environment, order.service().host());
        return switch (source.obtain(audience)) {
            case Result.Missing(var reason) ->
                throw new CommandFailure(CommandFailure.USAGE, "no token to exchange: " + reason);
            case Result.Obtained(var identityToken) -> exchange(identityToken, order);
        };
    }

    private ExchangeAnswer.Token exchange(IdentityToken identityToken, Order order)
            throws CommandFailure, InterruptedException {
        var client = new StsClient(order.service(), network, order.retries());
        var answer = order.grpc()
                ? client.exchangeOverGrpc(identityToken, order.scope(), order.identity())
                : client.exchange(identityToken, order.scope(), order.identity(), order.subset());
        return switch (answer) {
            case ExchangeAnswer.Token token -> token;
            case ExchangeAnswer.Refused refused ->
                throw new CommandFailure(
                        refused.isTemporary() ? CommandFailure.UNREACHABLE : CommandFailure.REFUSED,
                        order.service() + " refused (" + refused.codeName() + "): " + refused.message()
                                + refused.requestNote(),
                        "next: " + NextStep.after(refused, order));
            case ExchangeAnswer.Unreachable(var reason) ->
                throw new CommandFailure(
                        CommandFailure.UNREACHABLE,
                        "no token: " + reason,
                        "next: check --url and the network; HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE count");
        };
    }
}
