/**
 * A client for HTTP/1.1 that costs next to nothing. The demonstration uses it as its curl, and the load is made with
 * it. {@link dev.octosts.sandbox.client.HttpCall} is the request, {@link dev.octosts.sandbox.client.HttpConnection}
 * sends it.
 */
@NullMarked
package dev.octosts.sandbox.client;

import org.jspecify.annotations.NullMarked;
