/**
 * What one replica hears from GitHub, told to the others through the database that they share: {@link Announcements}
 * sends it, {@link Hearing} receives it, {@link Change} is what is told.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">PostgreSQL: NOTIFY</a>
 */
@NullMarked
package dev.octosts.app.replicas;

import org.jspecify.annotations.NullMarked;
