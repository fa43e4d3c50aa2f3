package dev.octosts.app.command.policy;

import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.OrganizationRules;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.lint.PolicyTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks files one by one, and fixes them on request. */
final class Checker {

    private static final String TRUSTED_ISSUERS = "trusted-token-issuers.yaml";
    private static final Pattern TEST = Pattern.compile("\\.sts\\.test\\.ya?ml\\z");
    private static final Pattern POLICY = Pattern.compile("(?i)\\.sts\\.ya?ml\\z");
    private static final Pattern YAML = Pattern.compile("(?i)\\.ya?ml\\z");
    private static final Pattern MISNAMED = Pattern.compile("(?i)\\.sts(\\.ya?ml)?(\\.json|\\.txt)?\\z");

    private final Homes homes;
    private final OrganizationRules rules;
    private final boolean fix;
    private final List<String> unwritten = new ArrayList<>();

    Checker(Homes homes, OrganizationRules rules, boolean fix) {
        this.homes = homes;
        this.rules = rules;
        this.fix = fix;
    }

    /** Whether a file in a folder should be checked. */
    static boolean isWanted(Path file) {
        var name = String.valueOf(file.getFileName());
        return POLICY.matcher(name).find()
                || TEST.matcher(name).find()
                || name.equals(TRUSTED_ISSUERS)
                || ((YAML.matcher(name).find() || MISNAMED.matcher(name).find()) && Homes.isPlace(file));
    }

    /** Why files could not be changed, each with its path. */
    List<String> unwritten() {
        return List.copyOf(unwritten);
    }

    Checked check(FoundFile file) {
        var kind = kind(file);
        if (file.fault().isPresent()) {
            return unread(file, kind, file.fault().get());
        }
        try {
            byte[] bytes = FileBytes.read(file.path());
            if (bytes.length > FileBytes.LIMIT) {
                return unread(file, kind, tooLarge(file.path()));
            }
            return kind == Checked.Kind.TEST ? test(file, bytes) : policy(file, bytes);
        } catch (IOException failed) {
            return unread(file, kind, FileNote.unreadable(failed));
        }
    }

    private Checked.Kind kind(FoundFile file) {
        if (TEST.matcher(file.name()).find()) {
            return Checked.Kind.TEST;
        }
        return switch (homes.context(file.path()).kind()) {
            case REPOSITORY -> Checked.Kind.REPOSITORY;
            case ORGANIZATION -> Checked.Kind.ORGANIZATION;
            case TRUSTED_ISSUERS -> Checked.Kind.TRUSTED_ISSUERS;
            case GUARDRAILS -> Checked.Kind.GUARDRAILS;
        };
    }

    private static Checked unread(FoundFile file, Checked.Kind kind, Diagnostic why) {
        return new Checked(file, kind, SourceText.of(new byte[0]), List.of(why), List.of());
    }

    private static Diagnostic tooLarge(Path path) throws IOException {
        var size = Files.isRegularFile(path) ? Files.size(path) + " bytes" : "more than " + FileBytes.LIMIT + " bytes";
        return FileNote.unreadable("the file has " + size, "the service reads at most " + FileBytes.LIMIT);
    }

    private static Checked test(FoundFile file, byte[] bytes) {
        var notes = new ArrayList<Diagnostic>();
        if (!file.name().endsWith(PolicyTests.SUFFIX)) {
            notes.add(
                    FileNote.wrongName("tests in this file are never run", "end its name with " + PolicyTests.SUFFIX));
        }
        if (PolicyTests.read(bytes) instanceof PolicyTests.Reading.Invalid(var faults)) {
            notes.addAll(faults);
        }
        return new Checked(file, Checked.Kind.TEST, SourceText.of(bytes), notes, List.of());
    }

    private Checked policy(FoundFile file, byte[] bytes) {
        var context = homes.context(file.path()).under(rules);
        FixedFile fixed = fix ? FixedFile.of(bytes, context) : FixedFile.not(bytes);
        if (!fixed.codes().isEmpty()) {
            var reason = AtomicFile.replace(file.path(), file.below(), bytes, fixed.file());
            if (reason.isPresent()) {
                unwritten.add(file.shown() + ": nothing was fixed: " + reason.get());
                fixed = FixedFile.not(bytes);
            }
        }
        var diagnostics = new ArrayList<Diagnostic>();
        misplaced(context).ifPresent(diagnostics::add);
        diagnostics.addAll(PolicyLinter.lint(fixed.file(), context));
        return new Checked(file, kind(file), SourceText.of(fixed.file()), diagnostics, fixed.codes());
    }

    /** A file in the wrong repository has no effect, but its author relies on it: that is worse than no file. */
    private Optional<Diagnostic> misplaced(FileContext context) {
        boolean elsewhere = !context.kind().isPolicy()
                && context.repository()
                        .map(name -> !name.equalsIgnoreCase(homes.policyRepository()))
                        .orElse(false);
        return elsewhere
                ? Optional.of(FileNote.wrongName(
                        "this file is never read in this repository",
                        "put it into the organization's policy repository, " + homes.policyRepository()))
                : Optional.empty();
    }
}
