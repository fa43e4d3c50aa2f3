@org.jspecify.annotations.NullMarked
package dev.octosts.github.key;
