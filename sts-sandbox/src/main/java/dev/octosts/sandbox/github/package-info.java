/**
 * GitHub's REST API as far as an App-token service and its users see it. {@link SandboxGitHub} is the entry; the world
 * is made of {@link GitHubApp}, {@link Account}, {@link Installation} and {@link Repository}; {@link Call} is a request
 * that it received and {@link Faults} are its possible faults.
 *
 * @see <a href="https://docs.github.com/en/rest">GitHub REST API</a>
 */
@NullMarked
package dev.octosts.sandbox.github;

import org.jspecify.annotations.NullMarked;
