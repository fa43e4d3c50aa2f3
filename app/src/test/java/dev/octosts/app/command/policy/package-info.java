@NullMarked
package dev.octosts.app.command.policy;

import org.jspecify.annotations.NullMarked;
