/**
 * The keys of Apps, and secrets, that are outside of the program. {@link KeyServices} makes those in a key management
 * service of what the operator wrote, with the module of the provider, which {@link ProviderModules} loads when the
 * first of them is used; {@link StartingKeys} finds out whether they can sign before the program uses them. {@link
 * StoredKey} is a key that is read from where it is stored; {@link Reloaded} is what is read again while the program
 * runs, and {@link Rereadings} passes on what becomes of its changes.
 */
@NullMarked
package dev.octosts.app.keys;

import org.jspecify.annotations.NullMarked;
