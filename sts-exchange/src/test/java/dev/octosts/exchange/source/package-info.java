@org.jspecify.annotations.NullMarked
package dev.octosts.exchange.source;
