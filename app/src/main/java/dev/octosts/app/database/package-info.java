/**
 * The database, if the operator wants one: {@link PooledDatabase} connects to it and keeps its tables up to date.
 * {@link JdbcAssignmentStore}, {@link JdbcUsedTokens} and {@link JdbcCommitLock} implement ports of other modules.
 * Nothing connects without a configured database.
 */
@NullMarked
package dev.octosts.app.database;

import org.jspecify.annotations.NullMarked;
