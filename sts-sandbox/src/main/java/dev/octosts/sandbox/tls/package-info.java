/** The sandbox's own certificate authority. It is made at start and kept in memory. */
@NullMarked
package dev.octosts.sandbox.tls;

import org.jspecify.annotations.NullMarked;
