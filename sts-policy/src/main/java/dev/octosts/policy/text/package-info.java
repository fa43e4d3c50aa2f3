/** Text: how it is quoted, which characters are visible, which known name a misspelt one was meant to be. */
@NullMarked
package dev.octosts.policy.text;

import org.jspecify.annotations.NullMarked;
