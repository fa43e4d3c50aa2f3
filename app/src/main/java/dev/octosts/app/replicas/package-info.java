/**
 * Notifications between replicas, through the database that they share: a change that GitHub reports to one replica
 * reaches the others. {@link ChangePublisher} sends it, {@link Replicas.ChangeListener} receives it,
 * {@link ChangeMessage} is its content.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">PostgreSQL: NOTIFY</a>
 */
@NullMarked
package dev.octosts.app.replicas;

import org.jspecify.annotations.NullMarked;
