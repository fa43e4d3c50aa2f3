@NullMarked
package dev.octosts.sandbox.client;

import org.jspecify.annotations.NullMarked;
