/**
 * The service's help for authors of policies: {@link Playground} checks a policy with the engine of the exchange,
 * {@link PublishedFiles} holds the page for it and the schemas.
 */
@NullMarked
package dev.octosts.app.playground;

import org.jspecify.annotations.NullMarked;
