/**
 * What the HTTP clients of this process share, for calls that leave it by an {@link dev.octosts.api.Egress}.
 */
@NullMarked
package dev.octosts.github.egress;

import org.jspecify.annotations.NullMarked;
