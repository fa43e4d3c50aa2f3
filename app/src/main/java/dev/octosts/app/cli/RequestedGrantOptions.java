package dev.octosts.app.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that ask for a part of the grant. A given value is passed on even when it is empty: the service judges
 * it.
 */
final class RequestedGrantOptions {

    @Option(
            names = "--permissions",
            paramLabel = "NAME:LEVEL,…",
            description = "Ask for these permissions alone, such as contents:read,issues:write; never more than the"
                    + " policy grants.")
    @Nullable
    String permissions;

    @Option(
            names = "--repositories",
            paramLabel = "NAME,…",
            description = "Ask for these repositories alone, without their owner.")
    @Nullable
    String repositories;

    RequestedGrantOptions() {}

    /** The parameters of the request, by name. */
    Map<String, String> parameters() {
        var parameters = new HashMap<String, String>();
        if (permissions != null) {
            parameters.put("permissions", permissions);
        }
        if (repositories != null) {
            parameters.put("repositories", repositories);
        }
        return parameters;
    }
}
