@NullMarked
package dev.octosts.app.replicas;

import org.jspecify.annotations.NullMarked;
