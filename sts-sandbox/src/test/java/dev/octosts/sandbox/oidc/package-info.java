@NullMarked
package dev.octosts.sandbox.oidc;

import org.jspecify.annotations.NullMarked;
