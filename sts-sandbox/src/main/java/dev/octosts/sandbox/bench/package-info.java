/**
 * The command {@code bench}: measures the cost of exchanges on the service in a process of its own. {@link
 * dev.octosts.sandbox.bench.BenchCommand} reads the options, {@link dev.octosts.sandbox.bench.Bench} runs the steps in
 * order, {@link dev.octosts.sandbox.bench.Load} makes the load, and {@link dev.octosts.sandbox.bench.Report} writes the
 * results.
 */
@NullMarked
package dev.octosts.sandbox.bench;

import org.jspecify.annotations.NullMarked;
