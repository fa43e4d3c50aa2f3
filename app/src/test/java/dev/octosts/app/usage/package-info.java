@NullMarked
package dev.octosts.app.usage;

import org.jspecify.annotations.NullMarked;
