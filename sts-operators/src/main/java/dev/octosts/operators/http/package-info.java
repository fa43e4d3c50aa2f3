/** Requests and answers of the operators' listener. Start at {@link Gate}. */
@NullMarked
package dev.octosts.operators.http;

import org.jspecify.annotations.NullMarked;
