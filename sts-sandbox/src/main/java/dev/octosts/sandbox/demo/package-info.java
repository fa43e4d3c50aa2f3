/**
 * The command {@code sandbox}: shows an exchange to the reader. {@link dev.octosts.sandbox.demo.SandboxCommand} starts
 * the {@link dev.octosts.sandbox.demo.DemoEnvironment}, the {@link dev.octosts.sandbox.demo.Walkthrough} runs on it,
 * and {@link dev.octosts.sandbox.demo.Screen} shows it.
 */
@NullMarked
package dev.octosts.sandbox.demo;

import org.jspecify.annotations.NullMarked;
