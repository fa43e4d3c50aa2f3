/**
 * GitHub, as far as the service needs it. {@link GitHub} is the client: every call returns a {@link GitHubResult} and
 * never throws; {@link ReviewApi} and {@link HookApi} have the calls of the webhook, {@link AppAdminApi} those of the
 * command line. {@link GitHubApp} is the App that calls, {@link Route} is the way to an owner; {@link Transport} is the
 * only place that speaks HTTP to GitHub.
 *
 * @see <a href="https://docs.github.com/rest/apps">GitHub: REST API endpoints for Apps</a>
 */
@NullMarked
package dev.octosts.github;

import org.jspecify.annotations.NullMarked;
