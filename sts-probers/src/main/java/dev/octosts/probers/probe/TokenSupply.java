package dev.octosts.probers.probe;

import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.Network;

/**
 * Makes a source of identity tokens that calls through the given network, so that its calls count as calls of the
 * round.
 */
@FunctionalInterface
public interface TokenSupply {

    IdentityTokenSource over(Network network);
}
