/** Tests of the exchange as the program wires it: the real classes before a sandbox's GitHub and issuer. */
@NullMarked
package dev.octosts.exchange;

import org.jspecify.annotations.NullMarked;
