/**
 * The service over HTTP. {@link ExchangeResource} serves the exchange and {@link ExplainResource} its explanation.
 * {@link PlaygroundResource} is for trying out policies, {@link SchemaResource} is for editors, and {@link
 * WebhookResource} receives deliveries. {@link Responses} alone knows HTTP status codes, and {@link ProblemMapper}
 * gives the errors that JAX-RS raises the same shape.
 */
@NullMarked
package dev.octosts.api.http;

import org.jspecify.annotations.NullMarked;
