/**
 * The real service as a process of its own, as its launcher starts it: {@link dev.octosts.sandbox.process.Service} in
 * front of a sandbox. It ends when this process does, however that ends.
 */
@NullMarked
package dev.octosts.sandbox.process;

import org.jspecify.annotations.NullMarked;
