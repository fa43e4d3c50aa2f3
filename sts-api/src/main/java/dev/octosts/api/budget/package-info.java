/**
 * The limits for the cost of all callers together before a policy has accepted them. Three kinds of cost have one total
 * each: {@link MemoryBudget} for bytes that are held while a caller waits, {@link WorkQueue} for processor time, and
 * {@link RateBudget} for calls to GitHub and to issuers. Beyond a total a caller gets {@link BusyException} and the
 * time after which another attempt makes sense; other callers are served.
 *
 * @see <a href="https://github.com/octo-sts/octo-sts-java/blob/main/docs/adr/0016-budgets.md">ADR 16</a>
 */
@NullMarked
package dev.octosts.api.budget;

import org.jspecify.annotations.NullMarked;
