/**
 * The operators' listener. Start at {@link OperatorsServer}; what it needs of the service is in {@link OperatorPorts}.
 */
@NullMarked
package dev.octosts.operators;

import org.jspecify.annotations.NullMarked;
