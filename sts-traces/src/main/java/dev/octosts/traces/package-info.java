/** Records requests with OpenTelemetry, and sends the spans by OTLP over HTTP. */
@NullMarked
package dev.octosts.traces;

import org.jspecify.annotations.NullMarked;
