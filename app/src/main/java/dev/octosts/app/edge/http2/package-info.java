/**
 * The parts of HTTP/2 that need no connection: {@link dev.octosts.app.edge.http2.Frame} and its reader,
 * {@link dev.octosts.app.edge.http2.HeaderDecoder} and {@link dev.octosts.app.edge.http2.HeaderEncoder}, and
 * {@link dev.octosts.app.edge.http2.RequestHead}, which holds the headers of a request against the rules. Whatever
 * breaks a rule is an {@link dev.octosts.app.edge.http2.Http2Fault}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113">RFC 9113, HTTP/2</a>
 */
@NullMarked
package dev.octosts.app.edge.http2;

import org.jspecify.annotations.NullMarked;
