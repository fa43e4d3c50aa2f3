/**
 * What GitHub's payloads say, as far as somebody wants to know: {@link Event} is what can be told, {@link Events} reads
 * it. A payload is read over once; what is not {@link Wanted} is never in memory.
 */
@NullMarked
package dev.octosts.webhook.payload;

import org.jspecify.annotations.NullMarked;
