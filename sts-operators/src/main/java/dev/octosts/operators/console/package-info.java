/** The operators' console: pages that the server makes, without scripts. Start at {@link ConsolePages}. */
@NullMarked
package dev.octosts.operators.console;

import org.jspecify.annotations.NullMarked;
