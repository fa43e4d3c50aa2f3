/**
 * GitHub, as far as the service needs it. {@link GitHub} is the client: every call returns an {@link Answer} and never
 * throws; {@link Reviews} and {@link HookDeliveries} have the calls of the webhook. {@link GitHubApp} is the App that
 * calls; {@link Transport} is the only place that speaks HTTP to GitHub.
 *
 * @see <a href="https://docs.github.com/rest/apps">GitHub: REST API endpoints for Apps</a>
 */
@NullMarked
package dev.octosts.exchange.github;

import org.jspecify.annotations.NullMarked;
