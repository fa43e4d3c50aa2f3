package dev.octosts.app.settings;

import java.net.URI;

/** Who gives the identity tokens of Google Cloud that events carry. */
public sealed interface EventIdentity {

    /** The metadata server of the machine, for the service account that this process runs as. */
    record MetadataServer(URI address) implements EventIdentity {}

    /** Google's token endpoint, for the service account whose key is in a file; see {@link ServiceAccountKey}. */
    record KeyFile(String path) implements EventIdentity {}
}
