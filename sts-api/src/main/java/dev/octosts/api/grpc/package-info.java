/**
 * The messages of the service in gRPC, without a network: {@link dev.octosts.api.grpc.MessageFrames} cut them out of a
 * body, {@link dev.octosts.api.grpc.ExchangeCall} and {@link dev.octosts.api.grpc.RawToken} are what they say, and
 * {@link dev.octosts.api.grpc.SecurityTokenService} answers them. Servers and clients use the same types.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP/2</a>
 */
@NullMarked
package dev.octosts.api.grpc;

import org.jspecify.annotations.NullMarked;
