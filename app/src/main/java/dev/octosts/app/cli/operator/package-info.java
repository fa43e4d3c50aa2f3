/** The commands with which an operator works on the service's database: {@code audit} and {@code deny}. */
@NullMarked
package dev.octosts.app.cli.operator;

import org.jspecify.annotations.NullMarked;
