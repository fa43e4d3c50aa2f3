/** Tests of the action for GitHub Actions, run by Node.js as the runner runs it. */
@NullMarked
package dev.octosts.app.action;

import org.jspecify.annotations.NullMarked;
