/**
 * Gives the operators' side what it wants to know of this program. Used only where a port is set for it. Start at
 * {@link OperatorsListener}.
 */
@NullMarked
package dev.octosts.app.operators;

import org.jspecify.annotations.NullMarked;
