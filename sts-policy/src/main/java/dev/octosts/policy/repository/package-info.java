/**
 * Repositories on GitHub: the grammar of their names, and which of their files the service reads. Start at
 * {@link PolicyPaths}.
 */
@NullMarked
package dev.octosts.policy.repository;

import org.jspecify.annotations.NullMarked;
