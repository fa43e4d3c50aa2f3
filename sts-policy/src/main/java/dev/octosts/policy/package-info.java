/** Trust policies. */
@NullMarked
package dev.octosts.policy;

import org.jspecify.annotations.NullMarked;
