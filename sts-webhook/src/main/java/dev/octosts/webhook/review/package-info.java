/**
 * Reviews changes of policies. {@link Plans} says what an event asks for, {@link Reviewer} does it: the files that a
 * change touches are read at its head, judged as the exchange would judge them, and told as one check run.
 *
 * @see <a href="https://docs.github.com/rest/checks">GitHub: checks</a>
 */
@NullMarked
package dev.octosts.webhook.review;

import org.jspecify.annotations.NullMarked;
