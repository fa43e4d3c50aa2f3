/**
 * What people who write policies get from the service: {@link Playground} looks at a policy with the engine of the
 * exchange, {@link PolicyFiles} holds the page around it and the schemas.
 */
@NullMarked
package dev.octosts.app.playground;

import org.jspecify.annotations.NullMarked;
