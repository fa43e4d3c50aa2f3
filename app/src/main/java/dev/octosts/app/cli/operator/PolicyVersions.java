package dev.octosts.app.cli.operator;

import dev.octosts.app.usage.PolicyProposal;
import dev.octosts.app.usage.UsageReport.PolicyReport;
import dev.octosts.github.GitBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

    /** The proposal for a policy that is too wide. */
    PolicyProposal of(PolicyReport policy) {
        return PolicyProposal.atOnce(policy).orElseGet(() -> changed(policy));
    }

    private PolicyProposal changed(PolicyReport policy) {
        if (folder.isEmpty()) {
            return PolicyProposal.without("give --policies FOLDER for a diff");
        }
        return find(folder.get(), policy)
                .map(file -> PolicyProposal.of(policy, file))
                .orElseGet(() -> PolicyProposal.without(
                        "version " + policy.blob() + " of the file is not below the folder of --policies"));
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
                    if (GitBlob.id(content).equals(policy.blob())) {
                        return Optional.of(content);
                    }
                }
            } catch (IOException | InvalidPathException unreadable) {
                // The next place may have it.
            }
        }
        return Optional.empty();
    }
}
