@NullMarked
package dev.octosts.app.cli.operator;

import org.jspecify.annotations.NullMarked;
