@NullMarked
package dev.octosts.app.database;

import org.jspecify.annotations.NullMarked;
