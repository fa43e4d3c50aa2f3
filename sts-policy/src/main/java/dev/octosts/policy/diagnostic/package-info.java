/**
 * What can be wrong with a file: {@link Fault}, with its {@link DiagnosticCode code} and its {@link Position place}.
 * {@link Parsed} is a file's meaning, or its faults.
 */
@NullMarked
package dev.octosts.policy.diagnostic;

import org.jspecify.annotations.NullMarked;
