/**
 * What a review says in a check run: its summary, its text and its annotations.
 */
@NullMarked
package dev.octosts.webhook.review.report;

import org.jspecify.annotations.NullMarked;
