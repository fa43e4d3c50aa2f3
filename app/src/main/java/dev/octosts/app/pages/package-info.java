/**
 * Pages for people with a browser: {@link HomePage} at the root of the service, and {@link ApiPage} with the
 * description of its API.
 */
@NullMarked
package dev.octosts.app.pages;

import org.jspecify.annotations.NullMarked;
