package dev.octosts.probers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source of the token by which a workload identifies itself. */
public interface IdentityTokenSource {

    /** The result of a request for a token. */
    sealed interface Result {

        /** The source gave a token. */
        record Obtained(IdentityToken token) implements Result {}

        /**
         * The source gave no token.
         *
         * @param reason the fault and the fix, for people to read; never a secret
         */
        record Missing(String reason) implements Result {}
    }

    /**
     * Gets a token; a source that hands out a token of its platform gets a new one each time.
     *
     * @param audience the audience of the token, as far as the source can choose one
     */
    Result obtain(String audience) throws InterruptedException;

    /**
     * A file that contains only the token, such as a projected token of Kubernetes. It is read each time, because
     * platforms replace the token before it expires.
     */
    static IdentityTokenSource ofFile(Path file) {
        return _ -> {
            var place = "the token file " + file;
            try (var in = Files.newInputStream(file)) {
                return TokenText.token(place, TokenText.read(in));
            } catch (NoSuchFileException _) {
                return new Result.Missing(place + " does not exist");
            } catch (AccessDeniedException _) {
                return new Result.Missing(place + " may not be read by this user");
            } catch (IOException _) {
                return new Result.Missing(place + " cannot be read");
            }
        };
    }

    /**
     * A stream that contains only the token; it is read to its end, once.
     *
     * @param name the name of the stream in messages
     */
    static IdentityTokenSource ofStream(String name, InputStream stream) {
        return _ -> {
            try {
                return TokenText.token(name, TokenText.read(stream));
            } catch (IOException _) {
                return new Result.Missing(name + " cannot be read");
            }
        };
    }

    /** A variable that contains the token. */
    static IdentityTokenSource ofVariable(String name, Map<String, String> environment) {
        var place = "the variable " + name;
        var value = Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
        return _ -> value.map(text -> TokenText.token(place, text))
                .orElseGet(() -> new Result.Missing(place + " is not set"));
    }

    /** The token service of a GitHub Actions job, by the variables that the runner sets. */
    static IdentityTokenSource ofGitHubActions(Map<String, String> environment, Network network, RetryBudget retries) {
        return new GitHubActionsSource(environment, network, retries);
    }

    /** The output of a command that is run anew each time; its error output goes to ours. */
    static IdentityTokenSource ofCommand(List<String> command, RetryBudget retries) {
        return new CommandSource(command, retries);
    }

    /** The metadata server of Google Cloud: of a machine, a job, a function or a pod with Workload Identity. */
    static IdentityTokenSource ofGoogle(Map<String, String> environment, Network network, RetryBudget retries) {
        return new GoogleSource(environment, network, retries);
    }

    /** A managed identity of Azure; the audience is an application's id URI. */
    static IdentityTokenSource ofAzure(Map<String, String> environment, Network network, RetryBudget retries) {
        return new AzureSource(environment, network, retries);
    }

    /** The token service of AWS, asked with the credentials of the environment or of the container. */
    static IdentityTokenSource ofAws(Map<String, String> environment, Network network, RetryBudget retries) {
        return new AwsSource(environment, network, retries);
    }
}
