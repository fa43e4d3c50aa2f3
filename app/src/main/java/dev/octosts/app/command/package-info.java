/**
 * Commands for those who use a service of this kind. {@link ExchangeCommand} gets a GitHub token,
 * {@link GitCredentialCommand} gets it for git, {@link TokenCommand} shows what a workload's own token says. They start
 * in a moment, so nothing here touches the server's libraries; {@link Stop} is how each of them gives up.
 */
@NullMarked
package dev.octosts.app.command;

import org.jspecify.annotations.NullMarked;
