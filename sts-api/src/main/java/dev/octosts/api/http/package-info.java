/**
 * The service over HTTP. {@link ExchangeResource} is the front door, {@link ExplainResource} the window beside it,
 * {@link PlaygroundResource} a place to practise, with {@link SchemaResource} for editors, {@link WebhookResource} the
 * letter box; {@link Answers} alone knows HTTP status codes, and {@link ProblemMapper} gives the errors that JAX-RS raises
 * the same shape.
 */
@NullMarked
package dev.octosts.api.http;

import org.jspecify.annotations.NullMarked;
