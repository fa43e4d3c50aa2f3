/**
 * The API of the service. {@link TokenExchange} is the port that every transport calls; {@link ExchangeRequest} goes
 * in, {@link ExchangeResult} comes out, and {@link ProblemCode} lists every way in which it can fail. {@link
 * PolicyExplainer} says how an exchange would end. {@link ExchangeEvent} is fired for both, and {@link Telemetry}
 * receives events from inside an exchange. {@link DeliveryReceiver} is the port behind the webhook, and {@link
 * RepositoryChanged} and {@link InstallationChanged} notify the caches of what GitHub has reported. {@link
 * DeliveryTurnedAway} says that changes may have been missed. {@link RequestId} identifies the request that a thread
 * works on. {@link PolicyPlayground} and {@link PublicFiles} are for people who write policies.
 */
@NullMarked
package dev.octosts.api;

import org.jspecify.annotations.NullMarked;
