/**
 * Commands that make GitHub Apps and check their set-up.
 */
@NullMarked
package dev.octosts.app.cli.githubapp;

import org.jspecify.annotations.NullMarked;
