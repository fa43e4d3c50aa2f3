package dev.octosts.app.settings;

import dev.octosts.app.keys.Reloaded;
import dev.octosts.app.keys.Rereadings;
import dev.octosts.app.keys.SecretSource;
import dev.octosts.webhook.WebhookSecret;
import dev.octosts.webhook.WebhookSecrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The secrets of the webhook: those that are given themselves, and those that are read from where they are, again and
 * again.
 */
final class LiveSecrets {

    /** Far more than any secret has. */
    static final int MAX_BYTES = 4_096;

    private static final int ROUNDS = 5;

    private final List<Supplier<WebhookSecret>> all = new ArrayList<>();
    private final List<Reloaded<WebhookSecret>> reloaded = new ArrayList<>();
    private final WebhookSecrets live;

    /** @param given in the order of the variables, each read for the first time */
    LiveSecrets(List<Given> given) {
        for (Given one : given) {
            switch (one) {
                case Given.Itself(var secret) -> all.add(() -> secret);
                case Given.Elsewhere(var secret) -> {
                    all.add(secret::current);
                    reloaded.add(secret);
                }
            }
        }
        this.live = new WebhookSecrets(now());
    }

    /** A secret as the operator gives it. */
    sealed interface Given {

        /** The secret itself. */
        record Itself(WebhookSecret secret) implements Given {}

        /** Where it is. */
        record Elsewhere(Reloaded<WebhookSecret> secret) implements Given {}

        /**
         * A secret somewhere else, read for the first time.
         *
         * @throws IllegalArgumentException when there is none
         */
        static Given read(String variable, SecretSource source, Rereadings rereadings) {
            return new Elsewhere(Reloaded.first(
                            "the secret of " + variable + " in " + source.place(),
                            source,
                            content -> secret(source, content),
                            (_, _) -> "")
                    .reporting(rereadings));
        }

        private static WebhookSecret secret(SecretSource source, byte[] content) {
            int length = source.isLocal() ? withoutLineEnd(content) : content.length;
            if (length == 0 || length > MAX_BYTES) {
                throw new IllegalArgumentException(SettingFault.quoted(source.place()) + " has "
                        + (length == 0 ? "nothing in it" : "more than " + MAX_BYTES + " bytes in it")
                        + "; give the secret that the App's webhook has at GitHub");
            }
            byte[] text = Arrays.copyOf(content, length);
            try {
                return new WebhookSecret(text);
            } finally {
                Arrays.fill(text, (byte) 0);
            }
        }

        /** Editors and echo end a file with a line end, which is none of the secret. */
        private static int withoutLineEnd(byte[] content) {
            int length = content.length;
            if (length > 0 && content[length - 1] == '\n') {
                length--;
                if (length > 0 && content[length - 1] == '\r') {
                    length--;
                }
            }
            return length;
        }
    }

    /** The secrets that deliveries are checked with. */
    WebhookSecrets live() {
        return live;
    }

    /** Whether any is read again. */
    boolean change() {
        return !reloaded.isEmpty();
    }

    /**
     * Reads secrets again.
     *
     * @param local those in files, or else those in managers of secrets
     */
    synchronized void look(boolean local) {
        // When several were changed together, some may have been read before that and others after it.
        boolean changed = false;
        for (int round = 0; round < ROUNDS && anyIsAnother(local); round++) {
            changed = true;
        }
        if (changed) {
            live.replace(now());
        }
    }

    private boolean anyIsAnother(boolean local) {
        boolean another = false;
        for (var secret : reloaded) {
            another |= secret.isLocal() == local && secret.readAgain();
        }
        return another;
    }

    private List<WebhookSecret> now() {
        return all.stream().map(Supplier::get).toList();
    }
}
