package dev.octosts.app.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A value that is not the secret itself, but says where it is. */
sealed interface SecretReference {

    /** The text as the operator wrote it. */
    String written();

    /**
     * A file.
     *
     * @param path absolute
     */
    record InFile(String written, String path) implements SecretReference {}

    /**
     * A secret in a manager of secrets.
     *
     * @param provider has the module that reads it
     * @param name as that module knows it
     */
    record InManager(String written, String provider, String name) implements SecretReference {}

    /** The kinds of references; a text that begins otherwise is none. */
    enum Scheme {
        AWS_SM(
                "aws-sm://NAME or aws-sm://ARN",
                "aws-sm://octo-sts/webhook",
                "(?!arn:)[A-Za-z0-9/_+=.@!-]{1,512}"
                        + "|arn:[a-z-]{1,20}:secretsmanager:[a-z0-9-]{1,40}:[0-9]{12}:secret:[A-Za-z0-9/_+=.@!-]{1,519}"),
        GCP_SM(
                "gcp-sm://projects/P/secrets/S/versions/V",
                "gcp-sm://projects/my-project/secrets/webhook",
                "projects/[A-Za-z0-9][A-Za-z0-9._:-]{0,99}/(?:locations/[a-z0-9-]{1,60}/)?secrets/[A-Za-z0-9_-]{1,255}"
                        + "(?:/versions/[A-Za-z0-9_-]{1,63})?"),
        AKV(
                "akv://VAULT/secrets/NAME or akv://VAULT/secrets/NAME/VERSION",
                "akv://my-vault/secrets/webhook",
                "([A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?)/secrets/[A-Za-z0-9-]{1,127}(?:/[A-Za-z0-9]{1,64})?"),
        VAULT(
                "vault://MOUNT/PATH#FIELD",
                "vault://secret/octo-sts#webhook",
                "[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}){1,20}#[^#\\p{Cntrl}]{1,200}"),
        FILE("file:///PATH", "file:///etc/octo-sts/webhook", "/[^\\p{Cntrl}]{1,4095}");

        private final String form;
        private final String example;
        private final Pattern rest;

        Scheme(String form, String example, String rest) {
            this.form = form;
            this.example = example;
            this.rest = Pattern.compile(rest);
        }

        private String start() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-') + "://";
        }

        private SecretReference of(String written, Matcher rest) {
            return switch (this) {
                case AWS_SM -> new InManager(written, "aws", rest.group());
                case GCP_SM ->
                    new InManager(
                            written,
                            "gcp",
                            rest.group().contains("/versions/") ? rest.group() : rest.group() + "/versions/latest");
                case AKV -> new InManager(written, "akv", "https://" + host(rest.group(1)) + path(rest));
                case VAULT -> new InManager(written, "vault", rest.group());
                case FILE -> new InFile(written, rest.group());
            };
        }

        private static String host(String vault) {
            return vault.contains(".") || vault.contains(":") ? vault : vault + ".vault.azure.net";
        }

        private static String path(Matcher rest) {
            return rest.group().substring(rest.end(1));
        }
    }

    /**
     * The reference that a text is; empty when it is none.
     *
     * @throws IllegalArgumentException when it begins as one and is none. The message shows nothing of the text, which
     *     may be a secret after all
     */
    static Optional<SecretReference> read(String text) {
        return Stream.of(Scheme.values())
                .filter(scheme -> text.startsWith(scheme.start()))
                .findFirst()
                .map(scheme -> {
                    var rest = scheme.rest.matcher(text.substring(scheme.start().length()));
                    if (!rest.matches()) {
                        throw new IllegalArgumentException("it begins with " + scheme.start()
                                + " and is not of the form " + scheme.form + "; give it as in " + scheme.example);
                    }
                    return scheme.of(text, rest);
                });
    }
}
