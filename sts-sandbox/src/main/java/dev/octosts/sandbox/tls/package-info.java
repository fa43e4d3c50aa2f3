/** A certificate authority of the sandbox's own, made at start and kept in memory. */
@NullMarked
package dev.octosts.sandbox.tls;

import org.jspecify.annotations.NullMarked;
