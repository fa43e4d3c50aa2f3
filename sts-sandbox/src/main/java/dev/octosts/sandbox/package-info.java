/**
 * The sandbox as a whole: {@link Sandbox} starts a GitHub and a place for issuers under one {@link SandboxClock};
 * {@link DemoWorld} is the organization that the demonstration shows. {@link Await} waits for conditions in tests.
 */
@NullMarked
package dev.octosts.sandbox;

import org.jspecify.annotations.NullMarked;
