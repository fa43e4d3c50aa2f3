package dev.octosts.app.cli.operator;

import dev.octosts.app.cli.policy.report.UnifiedDiff;
import dev.octosts.app.usage.NarrowerPolicy;
import dev.octosts.app.usage.UsageReport.PolicyReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Finds the version of a policy that granted the last token, in a folder, and proposes a narrower one. */
final class PolicyVersions {

    private static final int LARGEST = 1 << 20;

    private final Optional<Path> folder;

    /** @param folder empty when nobody gave one */
    PolicyVersions(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * What came of it.
     *
     * @param diff empty text when there is none
     * @param note why there is none; empty when there is one
     */
    record Proposal(String diff, String note) {}

    /** The proposal for a policy that is too wide. */
    Proposal of(PolicyReport policy) {
        if (policy.enough().isEmpty()) {
            return new Proposal("", "nothing that it granted was used; delete the policy");
        }
        if (folder.isEmpty()) {
            return new Proposal("", "give --policies FOLDER for a diff");
        }
        Optional<byte[]> file = find(folder.get(), policy);
        if (file.isEmpty()) {
            return new Proposal("", "version " + policy.blob() + " of the file is not below the folder of --policies");
        }
        String path = inRepository(policy);
        return NarrowerPolicy.of(file.get(), policy.unused(), policy.enough())
                .map(narrower -> new Proposal(
                        UnifiedDiff.of(
                                path,
                                new String(file.get(), StandardCharsets.UTF_8),
                                new String(narrower, StandardCharsets.UTF_8)),
                        ""))
                .orElseGet(
                        () -> new Proposal("", "the file has no line of its own for each permission; edit it by hand"));
    }

    private static String inRepository(PolicyReport policy) {
        String[] parts = policy.path().split("/", 3);
        return parts[parts.length - 1];
    }

    private static Optional<byte[]> find(Path folder, PolicyReport policy) {
        String path = policy.path();
        String[] parts = path.split("/", 3);
        if (parts.length < 3) {
            return Optional.empty();
        }
        for (String candidate : List.of(path, parts[1] + "/" + parts[2], parts[2])) {
            try {
                Path file = folder.resolve(candidate).normalize();
                if (file.startsWith(folder.normalize()) && Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                    byte[] content = Files.readAllBytes(file);
                    if (blob(content).equals(policy.blob())) {
                        return Optional.of(content);
                    }
                }
            } catch (IOException | InvalidPathException unreadable) {
                // The next place may have it.
            }
        }
        return Optional.empty();
    }

    /**
     * Git's id of a content.
     *
     * @see <a href="https://git-scm.com/book/en/v2/Git-Internals-Git-Objects">Git objects</a>
     */
    static String blob(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
