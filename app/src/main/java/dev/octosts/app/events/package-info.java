/**
 * Events as CloudEvents: {@link CloudEvents} makes them of the events that the other modules report,
 * {@link EventDispatch} passes them to the {@link EventSink}, if the operator has one.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>
 */
@NullMarked
package dev.octosts.app.events;

import org.jspecify.annotations.NullMarked;
