/**
 * Tests of bearer verification: tokens and issuers of every kind, in memory where possible, on loopback where HTTP
 * matters.
 */
@NullMarked
package dev.octosts.exchange.bearer;

import org.jspecify.annotations.NullMarked;
