package dev.octosts.app.cli.policy;

import dev.octosts.policy.repository.GitHubNames;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Options whose value may be missing, in front of paths. The word after such an option is its value when the word is a
 * possible value and is not a file. A word after {@code =} is always the value.
 */
@SuppressWarnings("JdkObsolete") // picocli passes a stack
abstract class OptionalValue implements IParameterPreprocessor {

    abstract boolean isValue(String word);

    @Override
    public final boolean preprocess(
            Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        boolean attached = info.get("separator") instanceof String separator && !separator.isBlank();
        if (attached || (!words.isEmpty() && isValue(words.peek()) && !isFile(words.peek()))) {
            return false;
        }
        option.setValue("");
        return true;
    }

    private static boolean isFile(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /** An owner. */
    static final class Owner extends OptionalValue {
        Owner() {}

        @Override
        boolean isValue(String word) {
            return GitHubNames.isLogin(word);
        }
    }

    /** A repository, with or without its owner. */
    static final class Repository extends OptionalValue {
        Repository() {}

        @Override
        boolean isValue(String word) {
            return RepositoryName.of(word).isPresent() || GitHubNames.isRepository(word);
        }
    }
}
