/**
 * The audit log: one line for each exchange, refused or granted. Start at {@link AuditLog}.
 */
@NullMarked
package dev.octosts.app.audit;

import org.jspecify.annotations.NullMarked;
