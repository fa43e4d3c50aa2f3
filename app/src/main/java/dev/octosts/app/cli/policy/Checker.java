package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.LocalFiles;
import dev.octosts.app.cli.policy.report.CheckedFile;
import dev.octosts.app.cli.policy.report.FoundFile;
import dev.octosts.app.cli.policy.report.SourceText;
import dev.octosts.app.cli.policy.report.UnifiedDiff;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.lint.OrganizationRules;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.policy.test.PolicyTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks files one by one, and fixes them on request. */
public final class Checker {

    private static final Pattern TEST = Pattern.compile("\\.sts\\.test\\.ya?ml\\z");
    private static final String TEST_TITLE = "policy test";
    private static final Pattern POLICY = Pattern.compile("(?i)\\.sts\\.ya?ml\\z");
    private static final Pattern YAML = Pattern.compile("(?i)\\.ya?ml\\z");
    private static final Pattern MISNAMED = Pattern.compile("(?i)\\.sts(\\.ya?ml)?(\\.json|\\.txt)?\\z");

    private final RepositoryResolver resolver;
    private final OrganizationRules rules;
    private final LiveSubjects subjects;
    private final FixOptions.Extent extent;
    private final boolean diff;
    private final List<String> unwritten = new ArrayList<>();

    /** A checker that changes nothing and asks nobody. */
    public Checker(RepositoryResolver resolver, OrganizationRules rules) {
        this(resolver, rules, LiveSubjects.none(), FixOptions.Extent.NONE, false);
    }

    /**
     * A checker.
     *
     * @param extent which fixes are applied
     * @param diff whether they are only shown
     */
    Checker(
            RepositoryResolver resolver,
            OrganizationRules rules,
            LiveSubjects subjects,
            FixOptions.Extent extent,
            boolean diff) {
        this.resolver = resolver;
        this.rules = rules;
        this.subjects = subjects;
        this.extent = extent;
        this.diff = diff;
    }

    /** Whether a file in a folder should be checked. */
    static boolean isWanted(Path file) {
        var name = String.valueOf(file.getFileName());
        return POLICY.matcher(name).find()
                || TEST.matcher(name).find()
                || name.equals(PolicyPaths.TRUSTED_ISSUERS_NAME)
                || ((YAML.matcher(name).find() || MISNAMED.matcher(name).find()) && RepositoryResolver.isPlace(file));
    }

    /** Why files could not be changed, each with its path. */
    List<String> unwritten() {
        return List.copyOf(unwritten);
    }

    public CheckedFile check(FoundFile file) {
        var kind = kind(file);
        if (file.fault().isPresent()) {
            return unread(file, kind, file.fault().get());
        }
        try {
            byte[] bytes = LocalFiles.read(file.path());
            if (bytes.length > LocalFiles.LIMIT) {
                return unread(file, kind, tooLarge(file.path()));
            }
            return isTest(file) ? test(file, bytes) : policy(file, bytes);
        } catch (IOException failed) {
            return unread(file, kind, FileDiagnostics.unreadable(failed));
        }
    }

    private static boolean isTest(FoundFile file) {
        return TEST.matcher(file.name()).find();
    }

    private String kind(FoundFile file) {
        return isTest(file) ? TEST_TITLE : resolver.context(file.path()).kind().title();
    }

    private static CheckedFile unread(FoundFile file, String kind, Diagnostic why) {
        return new CheckedFile(file, kind, SourceText.of(new byte[0]), List.of(why), List.of());
    }

    private static Diagnostic tooLarge(Path path) throws IOException {
        var size = Files.isRegularFile(path) ? Files.size(path) + " bytes" : "more than " + LocalFiles.LIMIT + " bytes";
        return FileDiagnostics.unreadable("the file has " + size, "the service reads at most " + LocalFiles.LIMIT);
    }

    private static CheckedFile test(FoundFile file, byte[] bytes) {
        var notes = new ArrayList<Diagnostic>();
        if (!file.name().endsWith(PolicyTests.SUFFIX)) {
            notes.add(FileDiagnostics.wrongName(
                    "tests in this file are never run", "end its name with " + PolicyTests.SUFFIX));
        }
        if (PolicyTests.read(bytes) instanceof PolicyTests.TestsReading.Invalid(var faults)) {
            notes.addAll(faults);
        }
        return new CheckedFile(file, TEST_TITLE, SourceText.of(bytes), notes, List.of());
    }

    private CheckedFile policy(FoundFile file, byte[] bytes) {
        var context = subjects.with(resolver.context(file.path()).under(rules));
        if (diff) {
            return shown(file, bytes, context);
        }
        FixedFile fixed = FixedFile.of(bytes, context, extent);
        if (!fixed.codes().isEmpty()) {
            var reason = LocalFiles.replace(file.path(), file.below(), bytes, fixed.file());
            if (reason.isPresent()) {
                unwritten.add(file.shown() + ": nothing was fixed: " + reason.get());
                fixed = FixedFile.not(bytes);
            }
        }
        return checked(file, fixed.file(), context).fixedBy(fixed.codes());
    }

    /** The file as it is, with what the fixes would change: those that are asked for, or else all of them. */
    private CheckedFile shown(FoundFile file, byte[] bytes, FileContext context) {
        var plain = FixedFile.of(bytes, context, FixOptions.Extent.PLAIN);
        var fixed = extent == FixOptions.Extent.UNSAFE ? FixedFile.of(bytes, context, extent) : plain;
        var changes = new ArrayList<CheckedFile.ProposedFix>();
        change("fixes " + String.join(", ", fixed.codes()), file, bytes, fixed).ifPresent(changes::add);
        if (extent == FixOptions.Extent.NONE) {
            var suggested = FixedFile.of(plain.file(), context, FixOptions.Extent.UNSAFE);
            change(
                            "suggestions, which may let other tokens in (--fix=unsafe applies them): "
                                    + String.join(", ", suggested.codes()),
                            file,
                            plain.file(),
                            suggested)
                    .ifPresent(changes::add);
        }
        return checked(file, bytes, context).withChanges(changes);
    }

    private static Optional<CheckedFile.ProposedFix> change(
            String title, FoundFile file, byte[] before, FixedFile after) {
        var text = UnifiedDiff.of(
                file.shown(),
                new String(before, StandardCharsets.UTF_8),
                new String(after.file(), StandardCharsets.UTF_8));
        return text.isEmpty() ? Optional.empty() : Optional.of(new CheckedFile.ProposedFix(title, text));
    }

    private CheckedFile checked(FoundFile file, byte[] bytes, FileContext context) {
        var diagnostics = new ArrayList<Diagnostic>();
        misplaced(context).ifPresent(diagnostics::add);
        diagnostics.addAll(PolicyLinter.lint(bytes, context));
        return new CheckedFile(file, context.kind().title(), SourceText.of(bytes), diagnostics, List.of());
    }

    /** A file in the wrong repository has no effect, but its author relies on it: that is worse than no file. */
    private Optional<Diagnostic> misplaced(FileContext context) {
        boolean elsewhere = !(context.kind() instanceof PolicyKind)
                && context.repository()
                        .map(name -> !name.equalsIgnoreCase(resolver.policyRepository()))
                        .orElse(false);
        return elsewhere
                ? Optional.of(FileDiagnostics.wrongName(
                        "this file is never read in this repository",
                        "put it into the organization's policy repository, " + resolver.policyRepository()))
                : Optional.empty();
    }

    /** A policy file with fixes applied. */
    private static final class FixedFile {

        /** A limit, because one fix may uncover another fault: a fault of the YAML hides all others. */
        private static final int MAX_ROUNDS = 20;

        private final byte[] file;
        private final List<String> codes;

        private FixedFile(byte[] file, Set<String> codes) {
            this.file = file;
            this.codes = List.copyOf(new TreeSet<>(codes));
        }

        /** The file without any fix. */
        static FixedFile not(byte[] file) {
            return new FixedFile(file, Set.of());
        }

        /** Applies fixes of an extent until none is left. */
        static FixedFile of(byte[] file, FileContext context, FixOptions.Extent extent) {
            var codes = new TreeSet<String>();
            byte[] fixed = file;
            for (int round = 0; round < MAX_ROUNDS; round++) {
                List<Diagnostic> mechanical = PolicyLinter.lint(fixed, context).stream()
                        .filter(extent.applied())
                        .toList();
                byte[] next = Fix.apply(
                        fixed,
                        mechanical.stream()
                                .flatMap(diagnostic -> diagnostic.fix().stream())
                                .toList());
                if (mechanical.isEmpty() || Arrays.equals(next, fixed)) {
                    break;
                }
                mechanical.forEach(diagnostic -> codes.add(diagnostic.code().id()));
                fixed = next;
            }
            return new FixedFile(fixed, codes);
        }

        byte[] file() {
            return file;
        }

        /** The codes of the fixed faults, sorted; empty when the file is unchanged. */
        List<String> codes() {
            return codes;
        }
    }
}
