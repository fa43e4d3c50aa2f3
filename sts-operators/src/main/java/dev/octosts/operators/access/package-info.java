/** Who an operator is, and what that operator may see and do. Start at {@link Roles}. */
@NullMarked
package dev.octosts.operators.access;

import org.jspecify.annotations.NullMarked;
