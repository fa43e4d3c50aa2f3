/**
 * How outgoing calls leave this process, for each of its HTTP clients.
 */
@NullMarked
package dev.octosts.github.egress;

import org.jspecify.annotations.NullMarked;
