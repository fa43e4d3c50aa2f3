/**
 * The command line. {@link Main} knows the commands, {@link Serve} is the most important one, {@link Service} starts
 * and stops the server.
 */
@NullMarked
package dev.octosts.app;

import org.jspecify.annotations.NullMarked;
