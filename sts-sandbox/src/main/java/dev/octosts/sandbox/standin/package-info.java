/**
 * GitHub and an issuer for a deployment that is started elsewhere: {@link dev.octosts.sandbox.standin.StandInCommand}.
 * This module does not know whether a replica is killed, a database is restarted, or a balancer is in front.
 */
@NullMarked
package dev.octosts.sandbox.standin;

import org.jspecify.annotations.NullMarked;
