@NullMarked
package dev.octosts.api.budget;

import org.jspecify.annotations.NullMarked;
