/**
 * The database, if the operator wants one: {@link PooledDatabase} connects to it, {@link Schema} keeps its tables up to
 * date. Nothing here is loaded without one.
 */
@NullMarked
package dev.octosts.app.database;

import org.jspecify.annotations.NullMarked;
