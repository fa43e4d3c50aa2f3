/** The operators' API: JSON for programs. Start at {@link AuditApi}. */
@NullMarked
package dev.octosts.operators.api;

import org.jspecify.annotations.NullMarked;
