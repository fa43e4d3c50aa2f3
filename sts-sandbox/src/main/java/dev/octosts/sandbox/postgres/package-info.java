/**
 * A PostgreSQL of this machine's own programs, for trials, measurements and tests: {@link
 * dev.octosts.sandbox.postgres.LocalPostgres}. Its data are in a folder of its own and are removed at the end.
 */
@NullMarked
package dev.octosts.sandbox.postgres;

import org.jspecify.annotations.NullMarked;
