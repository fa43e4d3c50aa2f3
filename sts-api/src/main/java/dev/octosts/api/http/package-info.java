/**
 * The service over HTTP. {@link ExchangeResource} is the front door; {@link Answers} alone knows HTTP status codes, and
 * {@link ProblemMapper} gives the errors that JAX-RS raises the same shape.
 */
@NullMarked
package dev.octosts.api.http;

import org.jspecify.annotations.NullMarked;
