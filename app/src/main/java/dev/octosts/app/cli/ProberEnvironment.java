package dev.octosts.app.cli;

import java.util.HashMap;
import java.util.Map;

/** The variables of existing probers, in addition to those of the other commands. */
final class ProberEnvironment {

    static final String DOMAIN = "STS_DOMAIN";
    private static final String SCOPE = "PROBER_SCOPE";
    private static final String IDENTITY = "PROBER_IDENTITY";
    private static final String DEFAULT_SCOPE = "octo-sts/prober";

    private ProberEnvironment() {}

    /** The same surroundings, with the values of a prober's environment under the names that every command knows. */
    static CommandEnvironment in(CommandEnvironment surroundings) {
        var given = surroundings.environment();
        var all = new HashMap<>(given);
        var domain = given.getOrDefault(DOMAIN, "");
        if (!domain.isEmpty()) {
            all.putIfAbsent("OCTOSTS_URL", "https://" + domain);
            all.putIfAbsent("OCTOSTS_AUDIENCE", domain);
        }
        all.putIfAbsent("OCTOSTS_SCOPE", DEFAULT_SCOPE);
        over(all, given, SCOPE, "OCTOSTS_SCOPE");
        over(all, given, IDENTITY, "OCTOSTS_IDENTITY");
        var gitHub = given.getOrDefault("GITHUB_BASE_URL", "");
        if (!gitHub.isEmpty()) {
            all.put("GITHUB_API_URL", gitHub);
        }
        return new CommandEnvironment(all, surroundings.input(), surroundings.clock(), surroundings.directory());
    }

    private static void over(Map<String, String> all, Map<String, String> given, String name, String general) {
        var value = given.getOrDefault(name, "");
        if (!value.isEmpty()) {
            all.put(general, value);
        }
    }
}
