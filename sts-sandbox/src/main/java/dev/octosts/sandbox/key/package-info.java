/** Keys as key services have them, for the stand-ins of such services. */
@NullMarked
package dev.octosts.sandbox.key;

import org.jspecify.annotations.NullMarked;
