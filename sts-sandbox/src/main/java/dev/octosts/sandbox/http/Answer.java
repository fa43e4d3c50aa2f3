package dev.octosts.sandbox.http;

import java.time.Duration;

/** A server's reaction to a request: a reply, or one of the ways in which servers fail to reply. */
public sealed interface Answer
        permits Reply, Answer.Delayed, Answer.Dripped, Answer.Truncated, Answer.Hang, Answer.Reset {

    /** Nothing for a while, then the other answer. */
    record Delayed(Duration delay, Answer then) implements Answer {}

    /** The reply's body one byte at a time, with a pause before each. */
    record Dripped(Reply reply, Duration pause) implements Answer {}

    /** The length of the whole body is announced, {@code bytes} of it are sent, then the connection is closed. */
    record Truncated(Reply reply, int bytes) implements Answer {}

    /** The connection stays open and silent until the server is closed. */
    record Hang() implements Answer {}

    /** The connection is closed without a reply. */
    record Reset() implements Answer {}
}
