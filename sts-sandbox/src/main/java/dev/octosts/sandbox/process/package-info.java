/**
 * The real service as a process of its own, started by its launcher: {@link dev.octosts.sandbox.process.Service} in
 * front of a sandbox. It ends when this process ends, in whatever way this process ends.
 */
@NullMarked
package dev.octosts.sandbox.process;

import org.jspecify.annotations.NullMarked;
