package dev.octosts.github;

import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.trace.Trace;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes tokens outside the caller's path. A revocation that fails is logged: the token expires within the hour.
 *
 * @see <a href="https://docs.github.com/rest/apps/installations#revoke-an-installation-access-token">GitHub: revoke an
 *     installation access token</a>
 */
final class Revocations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
    private static final Duration LAST_ONES = Duration.ofSeconds(5);
    private static final int AT_A_TIME = 64;

    private final Transport transport;
    private final Addresses addresses;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("revoke-", 0).factory());
    private final Semaphore revoking = new Semaphore(AT_A_TIME);

    Revocations(Transport transport, Addresses addresses) {
        this.transport = transport;
        this.addresses = addresses;
    }

    void begin(GitHubApp app, String owner, InstallationToken token) {
        try {
            threads.execute(Trace.carried(() -> revoke(app, owner, token)));
        } catch (RejectedExecutionException closed) {
            LOG.warn("a token of App {} for {} is not revoked, because the service ends", app.id(), owner);
        }
    }

    private void revoke(GitHubApp app, String owner, InstallationToken token) {
        revoking.acquireUninterruptibly();
        try {
            var request = GitHub.authorized(new HttpDelete(addresses.token()), token.value());
            int status = transport
                    .answered(new Call(Endpoint.REVOKE, app, owner, 0), request)
                    .status();
            if (status != 204) {
                LOG.warn("a token of App {} for {} could not be revoked: status {}", app.id(), owner, status);
            }
        } catch (NoAnswerException none) {
            LOG.warn("a token of App {} for {} could not be revoked: {}", app.id(), owner, none.getMessage());
        } finally {
            revoking.release();
        }
    }

    /** Finishes the revocations that are under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ONES.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("some tokens were not revoked before the end; they die within the hour");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
