/**
 * Commands for those who write policies. {@link PolicyCommand} gathers them: check, explain, test, new. What a policy
 * means is the business of {@code dev.octosts.policy.lint}; here are files, the repositories that hold them, and the
 * forms of the reports. They start in a moment, so nothing here touches the server's libraries.
 */
@NullMarked
package dev.octosts.app.command.policy;

import org.jspecify.annotations.NullMarked;
