/**
 * What tokens were used for. GitHub's audit log names each token by its hash; {@link UsageImport} takes the events of
 * tokens of this service into a {@link UsageStore}, from files, from GitHub's stream and from its REST API.
 */
@NullMarked
package dev.octosts.app.usage;

import org.jspecify.annotations.NullMarked;
