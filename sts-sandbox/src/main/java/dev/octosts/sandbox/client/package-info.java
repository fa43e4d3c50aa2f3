/**
 * A caller over HTTP/1.1 that costs next to nothing: the demonstration's curl, and what the load is made with. {@link
 * dev.octosts.sandbox.client.HttpCall} is what is asked, {@link dev.octosts.sandbox.client.HttpConnection} asks it.
 */
@NullMarked
package dev.octosts.sandbox.client;

import org.jspecify.annotations.NullMarked;
