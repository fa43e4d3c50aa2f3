@NullMarked
package dev.octosts.app.health;

import org.jspecify.annotations.NullMarked;
