@org.jspecify.annotations.NullMarked
package dev.octosts.github.egress;
