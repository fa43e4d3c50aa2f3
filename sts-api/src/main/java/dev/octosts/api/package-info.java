/**
 * The promises of the service. {@link TokenExchange} is the port that every transport stands in front of;
 * {@link ExchangeRequest} goes in, {@link ExchangeResult} comes out, and {@link ProblemCode} lists every way it can
 * fail. {@link PolicyExplainer} says what would become of an exchange. {@link ExchangeEvent} is fired for both, and
 * {@link Telemetry} is told what happens inside one. {@link DeliveryReceiver} is the port behind the webhook, and
 * {@link RepositoryChanged} and {@link InstallationChanged} are how it tells the caches what GitHub has said.
 * {@link DeliveryTurnedAway} says that something may not have been heard. {@link RequestId} names the request that a
 * thread works on. {@link PolicyPlayground} and {@link PublicFiles} are for people who write policies.
 */
@NullMarked
package dev.octosts.api;

import org.jspecify.annotations.NullMarked;
