/**
 * The webhook. {@link Receiver} is where deliveries come in: it checks their {@link Signatures signatures}, tells the
 * caches what is another now, and has reviews done by a bounded amount of {@link Work work}. {@link WebhookProducers} is
 * the wiring diagram.
 *
 * @see <a href="https://docs.github.com/webhooks">GitHub: webhooks</a>
 */
@NullMarked
package dev.octosts.webhook;

import org.jspecify.annotations.NullMarked;
