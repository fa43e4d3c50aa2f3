/**
 * YAML as it is written: with the position of each entry, scalars as text, and bounds. {@link YamlFile} reads a file; a
 * {@link dev.octosts.policy.diagnostic.Fault} names what is wrong in it, and where.
 */
@NullMarked
package dev.octosts.policy.yaml;

import org.jspecify.annotations.NullMarked;
