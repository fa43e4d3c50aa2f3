/**
 * The files that hold for a whole organization. {@link OrganizationSource} finds them; {@link Knowledge} is the state
 * machine that decides what an answer, or the lack of one, means; {@link PoolReader} asks the installations.
 */
@NullMarked
package dev.octosts.exchange.organization;

import org.jspecify.annotations.NullMarked;
