/**
 * Health of the service: its {@link HealthChecks}, the {@link FirstRequests} that come before the first caller, and the
 * probe that it makes of itself.
 */
@NullMarked
package dev.octosts.app.health;

import org.jspecify.annotations.NullMarked;
