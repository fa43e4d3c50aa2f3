/**
 * The Apps' installations, and what is done through them. {@link Installations} finds the installation that serves an
 * owner, {@link InstallationTokens} mints tokens, {@link RepositoryReader} reads files with
 * {@link ReadTokens tokens that can only read}.
 */
@NullMarked
package dev.octosts.exchange.installation;

import org.jspecify.annotations.NullMarked;
