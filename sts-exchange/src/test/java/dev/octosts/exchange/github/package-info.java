/** Tests of the GitHub client against a sandbox's GitHub over TLS. */
@NullMarked
package dev.octosts.exchange.github;

import org.jspecify.annotations.NullMarked;
