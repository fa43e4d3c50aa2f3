/** What can be wrong with a file: {@link Fault}, with its {@link DiagnosticCode code} and its {@link Position place}. */
@NullMarked
package dev.octosts.policy.diagnostic;

import org.jspecify.annotations.NullMarked;
