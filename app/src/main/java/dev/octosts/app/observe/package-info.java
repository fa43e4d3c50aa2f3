/**
 * The operator's view of the service: health ({@link Ready}, {@link Started}, {@link Alive}), metrics
 * ({@link ExchangeMetrics}, {@link QuotaMetrics}) and the audit log ({@link AuditLog}).
 */
@NullMarked
package dev.octosts.app.observe;

import org.jspecify.annotations.NullMarked;
