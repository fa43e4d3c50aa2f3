@NullMarked
package dev.octosts.webhook.review;

import org.jspecify.annotations.NullMarked;
