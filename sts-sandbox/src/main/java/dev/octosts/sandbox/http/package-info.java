/**
 * The common parts of the sandbox's servers: a {@link Handler} turns a {@link Request} into an {@link Answer}, and an
 * answer may also be one that no well-behaved server gives.
 */
@NullMarked
package dev.octosts.sandbox.http;

import org.jspecify.annotations.NullMarked;
