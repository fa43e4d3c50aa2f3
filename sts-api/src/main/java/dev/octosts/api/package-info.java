/**
 * The promises of the service. {@link TokenExchange} is the port that every transport stands in front of;
 * {@link ExchangeRequest} goes in, {@link ExchangeResult} comes out, and {@link ProblemCode} lists every way it can
 * fail. {@link ExchangeEvent} is fired for every exchange, and {@link Telemetry} is told what happens inside one.
 */
@NullMarked
package dev.octosts.api;

import org.jspecify.annotations.NullMarked;
