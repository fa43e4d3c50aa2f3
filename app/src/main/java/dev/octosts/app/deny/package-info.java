/**
 * The rules with which the operator stops callers at once. {@link DenyWatch} keeps those of the database at hand for
 * the exchange, {@link DenyStore} changes them.
 */
@NullMarked
package dev.octosts.app.deny;

import org.jspecify.annotations.NullMarked;
