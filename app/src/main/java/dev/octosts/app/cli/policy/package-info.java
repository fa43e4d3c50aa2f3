/**
 * Commands for authors of policies. {@link PolicyCommand} groups them: check, explain, test, new. The meaning of a
 * policy is the concern of {@code dev.octosts.policy.lint}; this package handles files and the repositories that hold
 * them. The commands start within a moment, so no class here touches the server's libraries.
 */
@NullMarked
package dev.octosts.app.cli.policy;

import org.jspecify.annotations.NullMarked;
