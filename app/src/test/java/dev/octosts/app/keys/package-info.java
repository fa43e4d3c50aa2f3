@org.jspecify.annotations.NullMarked
package dev.octosts.app.keys;
