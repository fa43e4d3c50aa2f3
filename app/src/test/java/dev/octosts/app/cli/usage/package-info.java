@NullMarked
package dev.octosts.app.cli.usage;

import org.jspecify.annotations.NullMarked;
