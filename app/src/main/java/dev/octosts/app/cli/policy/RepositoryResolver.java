package dev.octosts.app.cli.policy;

import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.OrganizationRules;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds out which repository holds a file, because the linter's rules depend on it. */
public final class RepositoryResolver {

    private static final String GITHUB = ".github/";

    private final Optional<Said> said;
    private final String policyRepository;
    private final Map<Path, Optional<Checkout>> checkouts = new HashMap<>();

    private record Said(RepositoryName repository, boolean organization) {}

    private RepositoryResolver(Optional<Said> said, String policyRepository) {
        this.said = said;
        this.policyRepository = policyRepository;
    }

    /** The checkout determines the repository. */
    public static RepositoryResolver derived(String policyRepository) {
        return new RepositoryResolver(Optional.empty(), policyRepository);
    }

    /** The caller determines the repository. */
    static RepositoryResolver said(RepositoryName repository, boolean organization, String policyRepository) {
        return new RepositoryResolver(Optional.of(new Said(repository, organization)), policyRepository);
    }

    /** Whether a file is below a folder from which policies are read. */
    static boolean isPlace(Path file) {
        return slashes(file).contains("/" + PolicyPaths.FOLDER);
    }

    String policyRepository() {
        return policyRepository;
    }

    /** @param file absolute */
    FileContext context(Path file) {
        var checkout = Optional.ofNullable(file.getParent()).flatMap(this::checkout);
        var repository = said.map(Said::repository)
                .or(() -> checkout.flatMap(Checkout::remote))
                .or(() -> byFolder(file))
                .orElse(RepositoryName.UNKNOWN);
        return new FileContext(
                kind(file, repository),
                place(file, checkout),
                repository.owner(),
                repository.name(),
                OrganizationRules.NONE);
    }

    /** The checkout that a folder belongs to. */
    Optional<Checkout> checkout(Path folder) {
        var known = checkouts.get(folder);
        if (known != null) {
            return known;
        }
        var above = Optional.ofNullable(folder.getParent());
        var found = Checkout.at(folder).or(() -> above.flatMap(this::checkout));
        checkouts.put(folder, found);
        return found;
    }

    private FileKind kind(Path file, RepositoryName repository) {
        var meant = PolicyPaths.meant(String.valueOf(file.getFileName()));
        if (meant.isPresent()) {
            return meant.get();
        }
        boolean organization = said.map(Said::organization)
                .orElseGet(() -> repository
                        .name()
                        .map(policyRepository::equalsIgnoreCase)
                        .orElse(false));
        return organization ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;
    }

    /** Without a remote, the name of a folder may still be that of the policy repository. */
    private Optional<RepositoryName> byFolder(Path file) {
        String path = slashes(file);
        boolean policies = path.contains("/" + policyRepository + "/" + PolicyPaths.FOLDER);
        return policies
                ? Optional.of(new RepositoryName(Optional.empty(), Optional.of(policyRepository)))
                : Optional.empty();
    }

    private static String place(Path file, Optional<Checkout> checkout) {
        String path = slashes(file);
        int folder = path.lastIndexOf("/" + PolicyPaths.FOLDER);
        if (folder >= 0) {
            return path.substring(folder + 1);
        }
        // A file name alone would be taken for a file in the right folder.
        return checkout.map(found -> slashes(found.root().relativize(file)))
                .map(inside -> inside.contains("/") ? inside : "./" + inside)
                .orElseGet(() -> path.substring(Math.max(0, path.lastIndexOf("/" + GITHUB) + 1)));
    }

    private static String slashes(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }
}
