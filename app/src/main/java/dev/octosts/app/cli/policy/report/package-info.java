/**
 * The formats of the reports about policies: text, JSON, JUnit, SARIF, TAP and GitHub's annotations.
 */
@NullMarked
package dev.octosts.app.cli.policy.report;

import org.jspecify.annotations.NullMarked;
