/**
 * Health of the service: {@link Ready}, {@link Started}, {@link Alive}, and the probe that it makes of itself.
 */
@NullMarked
package dev.octosts.app.health;

import org.jspecify.annotations.NullMarked;
