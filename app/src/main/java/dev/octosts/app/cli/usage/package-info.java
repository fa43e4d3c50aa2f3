/**
 * What all commands have in common on the command line: {@link CommandLines} makes them, with one form of help, and one
 * line for every usage error. {@link MaskedText} keeps tokens out of both. {@link ManualPages} and
 * {@link FishCompletion} say the same to {@code man} and to a shell.
 */
@NullMarked
package dev.octosts.app.cli.usage;

import org.jspecify.annotations.NullMarked;
