/** Tables of results, for people and for documentation. */
@NullMarked
package dev.octosts.sandbox.report;

import org.jspecify.annotations.NullMarked;
