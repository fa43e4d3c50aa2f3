/**
 * Commands for users of such a service. {@link ExchangeCommand} gets a GitHub token, {@link GitCredentialCommand} gets
 * it for git, {@link TokenCommand} shows the content of a workload's own token. The commands start within a moment, so
 * no class here touches the server's libraries. {@link CommandFailure} is how each of them fails.
 */
@NullMarked
package dev.octosts.app.cli;

import org.jspecify.annotations.NullMarked;
