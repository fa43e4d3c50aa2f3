package dev.octosts.sandbox.http;

/** Decides what a server answers. Called on a virtual thread, by many at once. */
@FunctionalInterface
public interface Handler {
    Answer handle(Request request);
}
