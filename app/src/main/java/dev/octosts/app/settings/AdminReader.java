package dev.octosts.app.settings;

import dev.octosts.operators.OperatorsSettings;
import dev.octosts.operators.OperatorsSettings.Login;
import dev.octosts.operators.OperatorsSettings.RoleAssignment;
import dev.octosts.policy.Formats;
import dev.octosts.policy.repository.GitHubNames;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads the settings of the operators' listener. Without {@link #PORT} there is none, and this class is not loaded. */
final class AdminReader {

    static final String PORT = "OCTOSTS_ADMIN_PORT";
    static final String ISSUER = "OCTOSTS_ADMIN_ISSUER";
    static final String AUDIENCE = "OCTOSTS_ADMIN_AUDIENCE";
    static final String CLIENT_ID = "OCTOSTS_ADMIN_CLIENT_ID";
    static final String CLIENT_SECRET_FILE = "OCTOSTS_ADMIN_CLIENT_SECRET_FILE";
    static final String ADDRESS = "OCTOSTS_ADMIN_URL";
    static final String ROLES_CLAIM = "OCTOSTS_ADMIN_ROLES_CLAIM";
    static final String VIEWERS = "OCTOSTS_ADMIN_VIEWERS";
    static final String OPERATORS = "OCTOSTS_ADMIN_OPERATORS";

    /** The token that GitHub sends with its stream of the audit log. */
    static final String STREAM_TOKEN_FILE = "OCTOSTS_ADMIN_STREAM_TOKEN_FILE";

    private static final int LONGEST = 255;
    private static final int LONGEST_SECRET = 8 * 1024;
    private static final int MOST_GROUPS = 200;
    private static final int MOST_OWNERS = 200;
    private static final Pattern ORIGIN = Pattern.compile(
            "https://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|http://(?:localhost|127\\.0\\.0\\.1)(?::[0-9]{1,5})?");

    private AdminReader() {}

    /**
     * Reads the settings.
     *
     * @param exchangePort the port that this one must not be
     * @param hasDatabase whether there is a place for what GitHub streams
     */
    static Optional<OperatorsSettings> read(Variables variables, int exchangePort, boolean hasDatabase) {
        int port = variables.value(PORT, 0, text -> port(text, exchangePort));
        var issuer = variables.value(ISSUER, AdminReader::issuer);
        if (variables.text(ISSUER).isEmpty()) {
            variables.refuse(
                    ISSUER,
                    "not set; " + PORT + " needs it: the identity provider of operators, as its tokens" + " name it");
        }
        var audience = variables.value(AUDIENCE, text -> plain(text, "an audience"));
        var login = login(variables);
        if (variables.text(AUDIENCE).isEmpty() && variables.text(CLIENT_ID).isEmpty()) {
            variables.refuse(
                    CLIENT_ID,
                    "not set; nobody could come in. Give it and " + ADDRESS + " for people, " + AUDIENCE
                            + " for programs, or both");
        }
        var viewers = variables.value(VIEWERS, List.<RoleAssignment>of(), AdminReader::assignments);
        var operators = variables.value(OPERATORS, List.<RoleAssignment>of(), AdminReader::assignments);
        if (variables.text(VIEWERS).isEmpty() && variables.text(OPERATORS).isEmpty()) {
            variables.refuse(
                    VIEWERS,
                    "not set; nobody would have a role. Give the groups that may see, and those that may act in "
                            + OPERATORS);
        }
        var stream = variables.value(STREAM_TOKEN_FILE, AdminReader::secret);
        if (stream.isPresent() && !hasDatabase) {
            variables.refuse(
                    STREAM_TOKEN_FILE, "there is no database for what GitHub streams; set " + StickyReader.URL);
        }
        return Optional.of(new OperatorsSettings(
                port,
                issuer.orElse(""),
                audience,
                login,
                variables.value(ROLES_CLAIM, "groups", text -> plain(text, "the name of a claim")),
                viewers,
                operators,
                stream));
    }

    private static Integer port(String text, int exchangePort) {
        int port = SettingsReader.port(text);
        if (port == exchangePort) {
            throw new IllegalArgumentException("this is PORT, where callers come; give another one");
        }
        return port;
    }

    private static String issuer(String text) {
        if (!Formats.isIssuer(text)) {
            throw new IllegalArgumentException(SettingFault.quoted(text)
                    + " is not an issuer; give it as tokens name it, such as https://login.example.com");
        }
        return text;
    }

    private static Optional<Login> login(Variables variables) {
        var client = variables.value(CLIENT_ID, text -> plain(text, "the id of a client"));
        var address = variables.value(ADDRESS, AdminReader::address);
        if (client.isPresent() && variables.text(ADDRESS).isEmpty()) {
            variables.refuse(
                    ADDRESS,
                    "not set; " + CLIENT_ID + " needs it: where browsers find this listener, such as"
                            + " https://sts-admin.example.com");
        }
        var secret = variables.value(CLIENT_SECRET_FILE, AdminReader::secret);
        if (client.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Login(client.get(), secret.orElse(Optional::empty), address.get()));
    }

    private static URI address(String text) {
        String origin = text.replaceFirst("/$", "");
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException(SettingFault.quoted(text)
                    + " is not where browsers find this listener; give https:// and a host without a path, such as"
                    + " https://sts-admin.example.com");
        }
        return URI.create(origin);
    }

    /** Read for each login, so that a changed secret needs no restart; the last one counts while the file is away. */
    private static Supplier<Optional<String>> secret(String path) {
        var last = new AtomicReference<>(content(path));
        return () -> {
            try {
                last.set(content(path));
            } catch (IllegalArgumentException _) {
                // A file is away for a moment while it is replaced.
            }
            return Optional.of(last.get());
        };
    }

    private static String content(String path) {
        String content = BoundedFile.text(path, LONGEST_SECRET).strip();
        if (content.isEmpty()) {
            throw new IllegalArgumentException("the file " + SettingFault.quoted(path) + " is empty");
        }
        return content;
    }

    private static String plain(String text, String what) {
        if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(SettingFault.quoted(text) + " is not " + what);
        }
        return text;
    }

    private static List<RoleAssignment> assignments(String text) {
        var assignments = new ArrayList<RoleAssignment>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.lastIndexOf('=');
            String group = (equals < 0 ? entry : entry.substring(0, equals)).strip();
            if (group.isEmpty() || group.length() > LONGEST || assignments.size() >= MOST_GROUPS) {
                throw new IllegalArgumentException("give up to " + MOST_GROUPS + " groups with commas between, such as"
                        + " platform,team-a=octo-org|octo-labs");
            }
            assignments.add(new RoleAssignment(group, equals < 0 ? Set.of() : owners(entry.substring(equals + 1))));
        }
        return assignments;
    }

    /** A list without accounts is no role for all of them. */
    private static Set<String> owners(String text) {
        var owners = new TreeSet<String>();
        for (String owner : text.split("\\|", -1)) {
            if (!GitHubNames.isOwner(owner.strip()) || owners.size() >= MOST_OWNERS) {
                throw new IllegalArgumentException(SettingFault.quoted(owner.strip())
                        + " is not the name of an account; give group=octo-org|octo-labs, or the group alone for every"
                        + " account");
            }
            owners.add(owner.strip().toLowerCase(Locale.ROOT));
        }
        return owners;
    }
}
