/**
 * The contents of GitHub's payloads, as far as they are needed: {@link Event} is the result, {@link Events} reads it. A
 * payload is scanned once; parts that are not {@link PayloadReader.Shape wanted} are never in memory.
 */
@NullMarked
package dev.octosts.webhook.payload;

import org.jspecify.annotations.NullMarked;
