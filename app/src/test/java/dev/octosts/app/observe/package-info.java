@NullMarked
package dev.octosts.app.observe;

import org.jspecify.annotations.NullMarked;
