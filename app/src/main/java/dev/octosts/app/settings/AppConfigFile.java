package dev.octosts.app.settings;

import dev.octosts.github.AppCredential;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningKey;
import dev.octosts.policy.repository.GitHubNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file that {@code APP_CONFIG_FILE} names: for each owner, the Apps that share the work. All faults are reported at
 * once, each with its place in the file.
 */
final class AppConfigFile {

    static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern APP_ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern APP_NAME = Pattern.compile("(?![0-9]+$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MAX_KEYS = 2;
    private static final List<String> KEY_SOURCES = List.of("kms_key", "private_key_file", "private_key");

    private final Variables variables;
    private final KmsReader kms;
    private final KeySources sources;
    private final String path;
    private final Map<String, List<AppCredential>> pools = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Long> ids = new HashSet<>();
    private final Set<String> appNames = new HashSet<>();
    private final Placeholders placeholders;

    private AppConfigFile(Variables variables, KmsReader kms, KeySources sources, String path) {
        this.variables = variables;
        this.kms = kms;
        this.sources = sources;
        this.path = path;
        this.placeholders = new Placeholders(variables);
    }

    /** Reads the Apps by owner in lower case; empty after a fault. */
    static Map<String, List<AppCredential>> read(Variables variables, KmsReader kms, KeySources sources) {
        return variables
                .value(AppSettings.CONFIG_FILE, path -> path)
                .flatMap(path -> variables
                        .value(AppSettings.CONFIG_FILE, _ -> BoundedFile.bytes(path, MAX_BYTES))
                        .map(content -> read(variables, kms, sources, path, content)))
                .orElse(Map.of());
    }

    /** As {@link #read(Variables, KmsReader, KeySources)}, of the content of the file. */
    static Map<String, List<AppCredential>> read(
            Variables variables, KmsReader kms, KeySources sources, String path, byte[] content) {
        return new AppConfigFile(variables, kms, sources, path).pools(content);
    }

    private Map<String, List<AppCredential>> pools(byte[] bytes) {
        int before = variables.faults().size();
        content(bytes).ifPresent(this::file);
        placeholders
                .unset()
                .ifPresent(names -> variables.notice(
                        AppSettings.CONFIG_FILE + ": in the file " + SettingFault.quoted(path) + " " + names));
        return variables.faults().size() == before ? pools : Map.of();
    }

    private Optional<Object> content(byte[] bytes) {
        try {
            @Nullable Object content = YamlTexts.read(bytes);
            if (content == null) {
                refuse("it is empty; give the list orgs");
            }
            return Optional.ofNullable(content);
        } catch (IllegalArgumentException malformed) {
            refuse("not YAML: " + malformed.getMessage());
            return Optional.empty();
        }
    }

    private void file(Object content) {
        var file = mapping("the file", content, "orgs");
        if (!(file.get("orgs") instanceof List<?> orgs) || orgs.isEmpty()) {
            if (content instanceof Map) {
                refuse("no organization; give at least one under orgs");
            }
            return;
        }
        for (int index = 0; index < orgs.size(); index++) {
            org("orgs[" + index + "]", orgs.get(index));
        }
        if (ids.size() > AppSettings.MAX_APPS) {
            refuse("more than " + AppSettings.MAX_APPS + " Apps");
        }
    }

    private void org(String place, @Nullable Object content) {
        var org = mapping(place, content, "name", "apps");
        if (!(content instanceof Map)) {
            return;
        }
        String name = text(org, "name", place).toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            refuse(place + ": the name is empty" + placeholders.unsetIn(org, "name")
                    + "; give the organization's or user's login, or \"*\" for all others");
        } else if (!name.equals(AppSettings.EVERYBODY_ELSE) && !GitHubNames.isOwner(name)) {
            refuse(place + ": the name " + SettingFault.quoted(name)
                    + " is not a login; give it as in github.com/LOGIN");
        } else if (!names.add(name)) {
            refuse("duplicate organization name " + SettingFault.quoted(name) + "; give all its Apps in one place");
        }
        String called = name.isEmpty() ? place : "organization " + SettingFault.quoted(name);
        if (!(org.get("apps") instanceof List<?> apps) || apps.isEmpty()) {
            refuse(called + " has no apps; give at least one");
            return;
        }
        var credentials = new ArrayList<AppCredential>();
        for (int index = 0; index < apps.size(); index++) {
            app(called + ", apps[" + index + "]", apps.get(index)).ifPresent(credentials::add);
        }
        pools.put(name, List.copyOf(credentials));
    }

    private Optional<AppCredential> app(String place, @Nullable Object content) {
        var app = mapping(place, content, "app_id", "app_name", "kms_key", "private_key_file", "private_key", "keys");
        if (!(content instanceof Map)) {
            return Optional.empty();
        }
        long id = id(place, text(app, "app_id", place), placeholders.unsetIn(app, "app_id"));
        String called = id == 0 ? place : place + ", app_id " + id;
        String name = name(called, app);
        return keys(called, app).filter(keys -> id > 0).map(keys -> new AppCredential(id, name, keys));
    }

    private String name(String place, Map<String, Object> app) {
        String name = text(app, "app_name", place);
        if (!name.isEmpty() && !APP_NAME.matcher(name).matches()) {
            refuse(place + ": app_name " + SettingFault.quoted(name)
                    + " is not the name of an App; give letters, digits, -, _ and ., and no number");
        } else if (!name.isEmpty() && !appNames.add(name)) {
            refuse("duplicate app_name " + SettingFault.quoted(name) + " (" + place
                    + "); a policy names one App by it");
        }
        return name;
    }

    private long id(String place, String text, String unsetInIt) {
        if (!APP_ID.matcher(text).matches() || Long.parseLong(text) == 0) {
            refuse(place + ": app_id " + SettingFault.quoted(text) + " is not the id of a GitHub App" + unsetInIt
                    + "; ids are positive numbers");
            return 0;
        }
        long id = Long.parseLong(text);
        if (!ids.add(id)) {
            refuse("duplicate app_id " + id + " (" + place + "); an App serves one organization, or all others");
        }
        return id;
    }

    /** The keys of an App; empty after a fault. */
    private Optional<List<SigningKey>> keys(String place, Map<String, Object> app) {
        if (!app.containsKey("keys")) {
            return key(place, app).map(List::of);
        }
        if (KEY_SOURCES.stream().anyMatch(app::containsKey)) {
            refuse(place + ": keys and " + String.join(", ", KEY_SOURCES)
                    + " are given; give the keys in the list alone");
            return Optional.empty();
        }
        if (!(app.get("keys") instanceof List<?> list) || list.isEmpty() || list.size() > MAX_KEYS) {
            refuse(place + ": keys is not a list of one or two keys; give the next one first, and the present one");
            return Optional.empty();
        }
        var keys = new ArrayList<SigningKey>();
        for (int index = 0; index < list.size(); index++) {
            var each = place + ", keys[" + index + "]";
            var content = mapping(each, list.get(index), KEY_SOURCES.toArray(String[]::new));
            if (list.get(index) instanceof Map) {
                key(each, content).ifPresent(keys::add);
            }
        }
        return keys.size() == list.size() ? Optional.of(keys) : Optional.empty();
    }

    private Optional<SigningKey> key(String place, Map<String, Object> app) {
        var given = KEY_SOURCES.stream()
                .filter(source -> !text(app, source, place).isEmpty())
                .toList();
        if (given.size() != 1) {
            refuse(place + ": exactly one of kms_key, private_key_file, private_key must be given, and "
                    + (given.isEmpty() ? "none is" : String.join(" and ", given) + " are")
                    + placeholders.unsetIn(app, KEY_SOURCES.toArray(String[]::new)));
            return Optional.empty();
        }
        String value = text(app, given.getFirst(), place);
        try {
            return switch (given.getFirst()) {
                case "private_key_file" -> Optional.of(sources.stored(value));
                case "private_key" -> Optional.of(new PemKey(Pem.rsaKey(value)));
                default -> kms.key(value);
            };
        } catch (IllegalArgumentException refused) {
            refuse(place + ", " + given.getFirst() + ": " + refused.getMessage()
                    + placeholders.unsetIn(app, given.getFirst()));
            return Optional.empty();
        }
    }

    /** The keys of a mapping; empty after a fault. */
    private Map<String, Object> mapping(String place, @Nullable Object content, String... known) {
        var mapping = new LinkedHashMap<String, Object>();
        if (!(content instanceof Map<?, ?> given)) {
            refuse(place + " is not a mapping; give " + String.join(", ", known));
            return mapping;
        }
        var unknown = new TreeSet<String>();
        for (var entry : given.entrySet()) {
            var key = String.valueOf(entry.getKey());
            if (!Set.of(known).contains(key)) {
                unknown.add(SettingFault.quoted(key));
            } else if (entry.getValue() != null) {
                mapping.put(key, entry.getValue());
            }
        }
        if (!unknown.isEmpty()) {
            refuse(place + ": unknown key " + String.join(", ", unknown) + "; known are " + String.join(", ", known));
        }
        return mapping;
    }

    private String text(Map<String, Object> mapping, String key, String place) {
        return switch (mapping.get(key)) {
            case null -> "";
            case String text -> placeholders.expanded(text);
            default -> {
                refuse(place + ": " + key + " is not a text");
                mapping.remove(key);
                yield "";
            }
        };
    }

    private void refuse(String problem) {
        variables.refuse(AppSettings.CONFIG_FILE, "the file " + SettingFault.quoted(path) + ": " + problem);
    }
}
