/**
 * The keys of Apps that are in a key management service. {@link KeyServices} makes them of what the operator wrote, with the
 * module of the provider, which {@link ProviderModules} loads when the first of them is used; {@link StartingKeys} finds out
 * whether they can sign before the program serves.
 */
@NullMarked
package dev.octosts.app.keys;

import org.jspecify.annotations.NullMarked;
