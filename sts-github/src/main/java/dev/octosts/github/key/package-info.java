/**
 * The keys of Apps. {@link SigningKey} is the port: a key has a name, an algorithm, and signs bytes. {@link PemKey} is
 * a key in this process; a {@link KeyService} has keys that never leave it, and is made by the
 * {@link KeyServiceProvider} of a module that is loaded only where it is configured. {@link GuardedKey} repeats what
 * failed and spares a service that fails;
 * {@link KeyCheck} tells whether a key can sign. {@link KeyImport} takes a key in, a {@link KeyMaterial} read from a
 * file.
 */
@NullMarked
package dev.octosts.github.key;

import org.jspecify.annotations.NullMarked;
