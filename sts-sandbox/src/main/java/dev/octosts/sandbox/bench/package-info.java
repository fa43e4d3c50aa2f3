/**
 * The command {@code bench}: what exchanges cost, measured on the service in a process of its own. {@link
 * dev.octosts.sandbox.bench.BenchCommand} reads the options, {@link dev.octosts.sandbox.bench.Bench} is the order of
 * events, {@link dev.octosts.sandbox.bench.Load} makes the load, {@link dev.octosts.sandbox.bench.Report} says what
 * came of it.
 */
@NullMarked
package dev.octosts.sandbox.bench;

import org.jspecify.annotations.NullMarked;
