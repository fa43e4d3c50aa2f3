/**
 * JSON Schemas of the files, for editors. Start at {@link Schemas}.
 */
@NullMarked
package dev.octosts.policy.schema;

import org.jspecify.annotations.NullMarked;
