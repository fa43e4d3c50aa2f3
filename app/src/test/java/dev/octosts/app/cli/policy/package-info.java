@NullMarked
package dev.octosts.app.cli.policy;

import org.jspecify.annotations.NullMarked;
