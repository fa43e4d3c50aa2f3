package dev.octosts.app.keys;

import dev.octosts.github.AppCredential;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks at the start, and when there are others, that the keys in key services can sign. What the operator has to
 * correct stops the start; what may be over in a moment does not, because then a restart would be an outage.
 */
public final class StartingKeys {

    private static final Logger LOG = LoggerFactory.getLogger(StartingKeys.class);

    private StartingKeys() {}

    /**
     * Signs with each key that is in a service, all at once.
     *
     * @return why the program must not start, a line for each key; empty when it may
     */
    public static List<String> refused(List<AppCredential> apps) {
        var remote = apps.stream()
                .flatMap(app -> app.keys().stream().map(key -> new Checked(app.appId(), key)))
                .filter(checked -> checked.key().isRemote())
                .toList();
        if (remote.isEmpty()) {
            return List.of();
        }
        var refused = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var checks = remote.stream()
                    .map(checked -> threads.submit(() -> KeyCheck.of(checked.key())))
                    .toList();
            for (int index = 0; index < remote.size(); index++) {
                tell(remote.get(index), checks.get(index), refused);
            }
        }
        return refused;
    }

    private record Checked(long app, SigningKey key) {}

    private static void tell(Checked checked, Future<KeyCheck> check, List<String> refused) {
        try {
            var sound = check.get();
            LOG.info(
                    "App {} signs with {}, {}",
                    checked.app(),
                    checked.key().name(),
                    sound.fingerprint().orElse("whose public key may not be read, so that GitHub alone can verify it"));
        } catch (ExecutionException failed) {
            var cannot = "App " + checked.app() + " cannot sign with "
                    + checked.key().name() + ": ";
            if (failed.getCause() instanceof SigningException fault) {
                var line = cannot + fault.getMessage() + "; " + fault.advice();
                if (fault.fault().isPassing()) {
                    LOG.warn("{}", line);
                } else {
                    refused.add(line);
                }
            } else {
                // Of a library of the provider. Its text may contain anything, and is not shown.
                Throwable cause = Objects.requireNonNullElse(failed.getCause(), failed);
                refused.add(cannot + "the library of the key service fails with "
                        + cause.getClass().getName()
                        + ", which this program does not expect; check the variables of that service, and report it");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
