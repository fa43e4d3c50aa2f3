/**
 * GitHub and an issuer for a deployment of somebody else's: {@link dev.octosts.sandbox.standin.StandInCommand}. A replica
 * that is killed, a database that is restarted, a balancer: none of that is for this module to know.
 */
@NullMarked
package dev.octosts.sandbox.standin;

import org.jspecify.annotations.NullMarked;
