/**
 * The command {@code sandbox}: an exchange before the reader's eyes. {@link dev.octosts.sandbox.demo.SandboxCommand}
 * sets the {@link dev.octosts.sandbox.demo.Stage}, the {@link dev.octosts.sandbox.demo.Walkthrough} is what happens on
 * it, and {@link dev.octosts.sandbox.demo.Screen} shows it.
 */
@NullMarked
package dev.octosts.sandbox.demo;

import org.jspecify.annotations.NullMarked;
