@NullMarked
package dev.octosts.app.events;

import org.jspecify.annotations.NullMarked;
