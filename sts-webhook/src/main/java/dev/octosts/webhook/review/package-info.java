/**
 * Reviews changes of policies. {@link ReviewPlanner} says what an event asks for, and {@link Reviewer} does it: it
 * reads the files that a change touches at the change's head, reviews them as the exchange would, and publishes the
 * result as one check run.
 *
 * @see <a href="https://docs.github.com/rest/checks">GitHub: checks</a>
 */
@NullMarked
package dev.octosts.webhook.review;

import org.jspecify.annotations.NullMarked;
