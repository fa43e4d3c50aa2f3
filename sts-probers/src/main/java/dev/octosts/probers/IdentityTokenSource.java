package dev.octosts.probers;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

    /** A file that contains only the token and may change, such as a projected token of Kubernetes. */
    static IdentityTokenSource ofFile(Path file) {
        return new FileSource(file);
    }

    /**
     * A stream that contains only the token; it is read to its end, once.
     *
     * @param name the name of the stream in messages
     */
    static IdentityTokenSource ofStream(String name, InputStream stream) {
        return new StreamSource(name, stream);
    }

    /** A variable that contains the token. */
    static IdentityTokenSource ofVariable(String name, Map<String, String> environment) {
        return new VariableSource(name, environment);
    }

    /** The token service of a GitHub Actions job, by the variables that the runner sets. */
    static IdentityTokenSource ofGitHubActions(Map<String, String> environment, Network network, RetryBudget patience) {
        return new GitHubActionsSource(environment, network, patience);
    }

    /** The output of a command that is run anew each time; its error output goes to ours. */
    static IdentityTokenSource ofCommand(List<String> command, RetryBudget patience) {
        return new CommandSource(command, patience);
    }

    /** The metadata server of Google Cloud: of a machine, a job, a function or a pod with Workload Identity. */
    static IdentityTokenSource ofGoogle(Map<String, String> environment, Network network, RetryBudget patience) {
        return new GoogleSource(environment, network, patience);
    }

    /** A managed identity of Azure; the audience is an application's id URI. */
    static IdentityTokenSource ofAzure(Map<String, String> environment, Network network, RetryBudget patience) {
        return new AzureSource(environment, network, patience);
    }

    /** The token service of AWS, asked with the credentials of the environment or of the container. */
    static IdentityTokenSource ofAws(Map<String, String> environment, Network network, RetryBudget patience) {
        return new AwsSource(environment, network, patience);
    }
}
