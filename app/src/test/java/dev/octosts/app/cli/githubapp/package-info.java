@NullMarked
package dev.octosts.app.cli.githubapp;

import org.jspecify.annotations.NullMarked;
