/**
 * Metrics of the service, such as {@link ExchangeMetrics} and {@link QuotaMetrics}.
 */
@NullMarked
package dev.octosts.app.metrics;

import org.jspecify.annotations.NullMarked;
