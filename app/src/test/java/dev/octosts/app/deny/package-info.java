@NullMarked
package dev.octosts.app.deny;

import org.jspecify.annotations.NullMarked;
