/**
 * The webhook. {@link WebhookReceiver} receives deliveries: it checks their {@link Signatures signatures}, notifies the
 * caches of changes, and has reviews done by a bounded amount of {@link BoundedExecutor work}. {@link WebhookProducers}
 * is the wiring.
 *
 * @see <a href="https://docs.github.com/webhooks">GitHub: webhooks</a>
 */
@NullMarked
package dev.octosts.webhook;

import org.jspecify.annotations.NullMarked;
