package dev.octosts.app.settings;

import dev.octosts.app.keys.Reloaded;
import dev.octosts.app.keys.StartingKeys;
import dev.octosts.github.AppCredential;
import dev.octosts.github.key.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the Apps as it is read again while the program runs: checked as at the start, keys in services included.
 */
final class AppsFile {

    private static final Logger LOG = LoggerFactory.getLogger(AppsFile.class);
    private static final int MOST_NAMED = 10;

    private final Map<String, String> given;
    private final KeySources sources;
    private final String path;
    private List<String> notices = List.of();

    /** @param given the variables, for those that the file has in its texts */
    AppsFile(Map<String, String> given, KeySources sources, String path) {
        this.given = given;
        this.sources = sources;
        this.path = path;
    }

    /** The file from now on. */
    Reloaded<Map<String, List<AppCredential>>> after(Map<String, List<AppCredential>> start) {
        return Reloaded.known(
                        "the file " + SettingFault.quoted(path) + " of " + AppSettings.CONFIG_FILE,
                        start,
                        new KeySources.FileSource(path, path, AppConfigFile.MAX_BYTES),
                        this::apps,
                        this::accepted)
                .reporting(sources.rereadings());
    }

    private Map<String, List<AppCredential>> apps(byte[] content) {
        var variables = new Variables(given);
        var apps = AppConfigFile.read(variables, new KmsReader(variables, sources), sources, path, content);
        var faults = variables.faults();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    faults.stream().limit(MOST_NAMED).map(SettingFault::problem).collect(Collectors.joining("; "))
                            + (faults.size() > MOST_NAMED
                                    ? "; and " + (faults.size() - MOST_NAMED) + " more faults"
                                    : ""));
        }
        notices = variables.notices();
        return apps;
    }

    private String accepted(Map<String, List<AppCredential>> before, Map<String, List<AppCredential>> after) {
        Set<SigningKey> known = before.values().stream()
                .flatMap(List::stream)
                .flatMap(app -> app.keys().stream())
                .collect(Collectors.toSet());
        var refused = StartingKeys.refused(after.values().stream()
                .flatMap(List::stream)
                .flatMap(app -> app.keys().stream()
                        .filter(key -> !known.contains(key))
                        .map(key -> new AppCredential(app.appId(), key)))
                .toList());
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(
                    refused.stream().limit(MOST_NAMED).collect(Collectors.joining("; ")));
        }
        notices.forEach(LOG::warn);
        return differences(byId(before), byId(after));
    }

    /** An App with the owner that it serves. */
    private record Served(String owner, AppCredential app) {}

    private static Map<Long, Served> byId(Map<String, List<AppCredential>> apps) {
        var byId = new HashMap<Long, Served>();
        apps.forEach((owner, pool) -> pool.forEach(app -> byId.put(app.appId(), new Served(owner, app))));
        return byId;
    }

    private static String differences(Map<Long, Served> before, Map<Long, Served> after) {
        var said = new TreeMap<Long, String>();
        before.keySet().forEach(id -> said.put(id, "is gone"));
        after.forEach((id, now) -> {
            var known = before.get(id);
            if (known == null) {
                said.put(id, "is new");
            } else if (!known.equals(now)) {
                said.put(id, changes(known, now));
            } else {
                said.remove(id);
            }
        });
        if (said.isEmpty()) {
            return "the same Apps in another order";
        }
        return said.entrySet().stream()
                        .limit(MOST_NAMED)
                        .map(app -> "App " + app.getKey() + " " + app.getValue())
                        .collect(Collectors.joining(", "))
                + (said.size() > MOST_NAMED ? ", and " + (said.size() - MOST_NAMED) + " more" : "");
    }

    private static String changes(Served before, Served after) {
        var changes = new ArrayList<String>();
        if (!before.app().keys().equals(after.app().keys())) {
            changes.add("has other keys");
        }
        if (!before.app().name().equals(after.app().name())) {
            changes.add("has another name");
        }
        if (!before.owner().equals(after.owner())) {
            changes.add("serves another owner");
        }
        return String.join(" and ", changes);
    }
}
