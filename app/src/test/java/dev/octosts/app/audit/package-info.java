@NullMarked
package dev.octosts.app.audit;

import org.jspecify.annotations.NullMarked;
