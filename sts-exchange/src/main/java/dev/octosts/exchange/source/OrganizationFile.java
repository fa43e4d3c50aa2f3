package dev.octosts.exchange.source;

import dev.octosts.api.budget.BusyException;
import dev.octosts.exchange.cache.LargeFiles;
import dev.octosts.exchange.source.Enforcement.Cause;
import dev.octosts.github.FileContent;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.PolicyPaths;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kind of file that holds for a whole organization.
 *
 * @param path its path in the policy repository
 * @param reading turns its bytes into rules
 * @param <T> the rules in it
 */
record OrganizationFile<T>(String path, Function<byte[], Parsed<T>> reading) {

    static final OrganizationFile<TrustedIssuers> TRUSTED_ISSUERS =
            new OrganizationFile<>(PolicyPaths.TRUSTED_ISSUERS, TrustedIssuers::read);

    static final OrganizationFile<Guardrails> GUARDRAILS =
            new OrganizationFile<>(PolicyPaths.GUARDRAILS, Guardrails::read);

    private static final Logger LOG = LoggerFactory.getLogger(OrganizationFile.class);
    private static final int FAULTS_LOGGED = 10;

    /**
     * The rules in an owner's file.
     *
     * @param fetched by path the result of a read
     */
    Fetched<T> rules(Map<String, Fetched<FileContent>> fetched, String owner) {
        return switch (fetched.getOrDefault(path, new Fetched.Nothing<>(Cause.FAILED))) {
            case Fetched.Absent<FileContent>() -> new Fetched.Absent<>();
            case Fetched.Present<FileContent>(var content) -> rules(owner, content);
            case Fetched.Unusable<FileContent>() -> new Fetched.Unusable<>();
            case Fetched.Nothing<FileContent>(var cause) -> new Fetched.Nothing<>(cause);
        };
    }

    private Fetched<T> rules(String owner, FileContent content) {
        return switch (content) {
            case FileContent.Absent() -> new Fetched.Absent<>();
            case FileContent.File(var bytes, var etag) -> parsed(owner, bytes);
            case FileContent.NotAFile() -> unusable(owner, "it is not a file");
            case FileContent.Link() -> unusable(owner, "it is a symbolic link, and links are never followed");
            case FileContent.Unreadable() -> unusable(owner, "its content is too large or its encoding unknown");
            // No read here sends the tag of a known version.
            case FileContent.Unchanged() -> new Fetched.Nothing<>(Cause.FAILED);
        };
    }

    private Fetched<T> parsed(String owner, byte[] bytes) {
        try {
            return switch (LargeFiles.parse(owner, bytes, reading)) {
                case Parsed.Valid<T>(var rules) -> new Fetched.Present<>(rules);
                case Parsed.Invalid<T>(var faults) -> unusable(owner, text(faults));
            };
        } catch (BusyException busy) {
            return new Fetched.Nothing<>(Cause.FAILED);
        }
    }

    private Fetched<T> unusable(String owner, String why) {
        LOG.error("{} of {} cannot be used: {}", path, owner, why);
        return new Fetched.Unusable<>();
    }

    private static String text(List<Fault> faults) {
        return faults.stream()
                .limit(FAULTS_LOGGED)
                .map(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                .collect(Collectors.joining("; "));
    }
}
