package dev.octosts.app.settings;

import dev.octosts.policy.text.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Notes variables that have no effect, so that they are not ignored silently: those that the program does not use, and
 * misspelt names.
 */
final class UnknownVariables {

    static final String PREFIX = "OCTOSTS_";
    private static final String FIRESTORE = "OCTOSTS_STICKY_STORE_FIRESTORE_";

    private static final String OF_OPERATORS = "OCTOSTS_ADMIN_";

    static final String APP_ID = "GITHUB_APP_ID";

    /** Names that people write for ours. They have no prefix of this program, so that others may use them, too. */
    private static final Map<String, String> MEANT = new TreeMap<>(Map.of(
            APP_ID,
            Credentials.APP_IDS,
            "GITHUB_APP_PRIVATE_KEY",
            Credentials.KEY,
            "GITHUB_WEBHOOK_SECRETS",
            "GITHUB_WEBHOOK_SECRET",
            "KMS_KEY",
            KmsReader.KEYS,
            "STS_DOMAINS",
            "STS_DOMAIN"));

    private static final Map<String, String> NOTICED =
            new TreeMap<>(Map.of("METRICS_PORT", "ignored: metrics are served on PORT under /metrics"));

    /** Further valid names with our prefix. */
    private static final Set<String> OTHERS = Set.of(
            AdminReader.ADDRESS,
            AdminReader.AUDIENCE,
            AdminReader.CLIENT_ID,
            AdminReader.CLIENT_SECRET_FILE,
            AdminReader.ISSUER,
            AdminReader.OPERATORS,
            AdminReader.PORT,
            AdminReader.ROLES_CLAIM,
            AdminReader.STREAM_TOKEN_FILE,
            AdminReader.VIEWERS,
            "OCTOSTS_ALLOWED_ISSUERS",
            "OCTOSTS_AUDIENCE",
            AuditReader.MODE,
            AuditReader.RETENTION,
            AuditReader.SPOOL,
            AuditReader.SPOOL_SIZE,
            CallerReader.BURST,
            CallerReader.DETAIL,
            CallerReader.RATE,
            StickyReader.PASSWORD,
            StickyReader.URL,
            StickyReader.USER,
            SettingsReader.DRAIN,
            EventReader.IDENTITY,
            "OCTOSTS_GRPC",
            "OCTOSTS_GUARDRAILS_FILE",
            "OCTOSTS_IDENTITY",
            "OCTOSTS_ISSUERS_FILE",
            "OCTOSTS_ISSUER_ALLOW_LOOPBACK",
            "OCTOSTS_ISSUER_ALLOW_PRIVATE",
            "OCTOSTS_JAVA_OPTS",
            "OCTOSTS_LOG_LEVEL",
            SettingsReader.MAX_CONNECTIONS,
            "OCTOSTS_PKCS11_MODULE",
            "OCTOSTS_PKCS11_PIN",
            "OCTOSTS_PKCS11_PIN_FILE",
            "OCTOSTS_PKCS11_SLOT",
            "OCTOSTS_PKCS11_TOKEN",
            "OCTOSTS_PLAYGROUND",
            "OCTOSTS_QUOTA_FLOOR_HARD",
            "OCTOSTS_QUOTA_FLOOR_SOFT",
            "OCTOSTS_QUOTA_STALE",
            "OCTOSTS_READ_ONLY",
            "OCTOSTS_SCOPE",
            "OCTOSTS_SELF_PROBE",
            "OCTOSTS_SELF_PROBE_INTERVAL",
            "OCTOSTS_SELF_PROBE_TOKENS",
            "OCTOSTS_TOKEN_FILE",
            CallerReader.REUSE,
            RevocationSettings.WANTED,
            RevocationSettings.KEY,
            UsageReader.RETENTION,
            "OCTOSTS_URL",
            "OCTOSTS_VAULT_AUTH",
            "OCTOSTS_VAULT_AUTH_MOUNT",
            "OCTOSTS_VAULT_JWT_FILE",
            "OCTOSTS_VAULT_ROLE",
            "OCTOSTS_VAULT_ROLE_ID",
            "OCTOSTS_VAULT_SECRET_ID_FILE",
            "OCTOSTS_VAULT_TOKEN_FILE",
            WebhookReader.EVERY_HEAD,
            WebhookReader.SWEEP,
            StickyReader.STORE,
            StickyReader.TTL);

    private static final int MAX_CHANGES = 6;
    private static final int LONGEST_NAME = 64;

    private UnknownVariables() {}

    /** Notices for the operator, one for each variable that has no effect. */
    static List<String> check(Variables variables) {
        var notices = new ArrayList<>(AppSettings.notices(variables));
        NOTICED.forEach((name, notice) -> {
            if (variables.text(name).isPresent()) {
                notices.add(name + " is " + notice);
            }
        });
        MEANT.forEach((name, right) -> {
            if (variables.text(name).isPresent()) {
                notices.add(name + " is not a variable of this program; did you mean " + right + "?");
            }
        });
        for (String name : variables.names()) {
            if (name.startsWith(FIRESTORE)) {
                notices.add(name + " is ignored: there is no Firestore here");
            } else if (name.startsWith(PREFIX) && !isKnown(name)) {
                notices.add(misspelt(name));
            } else if (name.startsWith(OF_OPERATORS)
                    && variables.text(name).isPresent()
                    && variables.text(AdminReader.PORT).isEmpty()) {
                notices.add(name + " has no effect without " + AdminReader.PORT);
            }
        }
        notices.addAll(variables.notices());
        return notices;
    }

    private static boolean isKnown(String name) {
        return OTHERS.contains(name) || NOTICED.containsKey(name);
    }

    private static String misspelt(String name) {
        var ours = new ArrayList<>(OTHERS);
        ours.addAll(NOTICED.keySet());
        ours.removeIf(candidate -> !candidate.startsWith(PREFIX));
        Optional<String> nearest =
                name.length() > LONGEST_NAME ? Optional.empty() : DidYouMean.within(MAX_CHANGES, name, ours);
        return SettingFault.quoted(name) + " is not a variable of this program"
                + nearest.map(near -> "; did you mean " + near + "?").orElse("");
    }
}
