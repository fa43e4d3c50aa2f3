/**
 * The files that decide about an exchange, and how they are remembered. {@link PolicySource} has trust policies; {@link
 * OrganizationSource} has the files that are in force for a whole organization. {@link LastKnownGood} is the state
 * machine that decides what an answer, or the lack of one, means; {@link InstallationFallbackReader} asks the
 * installations.
 */
@NullMarked
package dev.octosts.exchange.source;

import org.jspecify.annotations.NullMarked;
