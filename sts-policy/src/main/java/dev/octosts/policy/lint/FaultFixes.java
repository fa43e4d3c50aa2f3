package dev.octosts.policy.lint;

import static java.util.Map.entry;

import dev.octosts.policy.PolicyKeys;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.yaml.YamlSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Proposes fixes for the faults that the engine refuses. */
final class FaultFixes {
    private static final Map<DiagnosticCode, String> ADVICE = Map.ofEntries(
            entry(DiagnosticCode.TAG, "remove the tag, or put a text that starts with ! into single quotes"),
            entry(DiagnosticCode.DUPLICATE_KEY, "keep one of the two and remove the other"),
            entry(DiagnosticCode.BAD_KEY, "write the key as text"),
            entry(DiagnosticCode.UNREADABLE, "save the file as UTF-8 without control characters"),
            entry(DiagnosticCode.NOT_YAML, "correct the YAML at this place"),
            entry(DiagnosticCode.SECOND_DOCUMENT, "put the second policy into a file of its own"),
            entry(DiagnosticCode.TOO_COMPLEX, "split the file, write aliases out"),
            entry(DiagnosticCode.MISSING_KEY, "add exactly one of the two, with what the token's claim has"),
            entry(DiagnosticCode.EXCLUSIVE_KEYS, "remove one of the two"),
            entry(DiagnosticCode.NOTHING_GRANTED, "add, for example, contents: read below permissions"),
            entry(
                    DiagnosticCode.LOOK_AROUND,
                    "name what shall match, or exclude in the workflow; RE2 has no look-around"),
            entry(DiagnosticCode.BACK_REFERENCE, "write the repeated part out; RE2 has no back-references"),
            entry(DiagnosticCode.PATTERN_TOO_LARGE, "use smaller repetitions, or several policies"),
            entry(DiagnosticCode.TOO_MANY_ENTRIES, "remove some, or replace several by a pattern"),
            entry(DiagnosticCode.NO_ENTRIES, "add an issuer, or remove the file to trust every issuer"),
            entry(DiagnosticCode.BAD_GLOB, "write names of repositories, with * for any part of them"),
            entry(DiagnosticCode.NO_RULE, "remove it, or say what shall hold"),
            entry(DiagnosticCode.BAD_OWNER, "write the login alone, as in the claim repository_owner"));

    /** A text, or several with commas or blanks between them. */
    private static final Pattern ONE_LINE =
            Pattern.compile("'[^']*'|\"[^\"\\\\]*\"|[\\w./][\\w./:@+-]*(?:\\s*,?\\s+[\\w./:@+-]+|,[\\w./:@+-]+)*");

    /** A permission and its level with nothing but a sign between them. */
    private static final Pattern GLUED = Pattern.compile("(\\w+)[:=](read|write|admin)");

    private final PolicyView policy;
    private final TextFixes texts;
    private final Map<DiagnosticCode, Function<Fault, Optional<Fix>>> repairs = new EnumMap<>(DiagnosticCode.class);

    FaultFixes(PolicyView policy) {
        this.policy = policy;
        this.texts = new TextFixes(policy.text());
        repairs.put(DiagnosticCode.UNKNOWN_KEY, this::rename);
        repairs.put(DiagnosticCode.UNKNOWN_PERMISSION, this::rename);
        repairs.put(DiagnosticCode.UNKNOWN_LEVEL, this::level);
        repairs.put(
                DiagnosticCode.UNKNOWN_MODE, fault -> replacement(fault).or(() -> advice("write enforce or audit")));
        repairs.put(DiagnosticCode.ALLOW_OR_DENY, fault -> replacement(fault).or(() -> advice("write allow or deny")));
        repairs.put(DiagnosticCode.NO_MAPPING, fault -> start());
        repairs.put(DiagnosticCode.EMPTY_FILE, fault -> start());
        repairs.put(
                DiagnosticCode.BAD_ESCAPE,
                fault -> texts.singleQuotes(fault.place().start()));
        repairs.put(DiagnosticCode.TEXT_WANTED, this::text);
        repairs.put(DiagnosticCode.MAPPING_WANTED, this::mapping);
        repairs.put(
                DiagnosticCode.REPOSITORIES_NOT_HERE,
                fault -> texts.remove(fault.place(), policy, "remove repositories"));
        repairs.put(DiagnosticCode.LIST_WANTED, this::list);
        repairs.put(DiagnosticCode.BAD_PATTERN, this::pattern);
        repairs.put(DiagnosticCode.BAD_ISSUER, this::issuer);
        repairs.put(DiagnosticCode.OPEN_SLASH, this::slash);
    }

    Diagnostic diagnostic(Fault fault) {
        Optional<Fix> fix = fix(fault);
        String message = fault.message();
        if (fix.isPresent() && !message.contains("; ") && !message.contains("(a higher")) {
            message += "; " + fix.get().advice();
        }
        return new Diagnostic(fault.code(), fault.place(), message, fix);
    }

    private Optional<Fix> fix(Fault fault) {
        Function<Fault, Optional<Fix>> repair = repairs.get(fault.code());
        return repair != null
                ? repair.apply(fault)
                : Optional.ofNullable(ADVICE.get(fault.code())).map(Fix::advice);
    }

    private Optional<Fix> start() {
        String first = policy.text()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
        if (first.matches("[\\w.-]+\\s*=.*")) {
            return advice("write a colon and a blank behind each key, not =");
        }
        if (first.matches("-\\s+\\w+:.*")) {
            return advice("remove the dash: a file has one of them, and no list");
        }
        return advice(
                switch (policy.context().kind()) {
                    case PolicyKind _ -> "start with issuer, subject and permissions";
                    case GovernanceKind.TRUSTED_ISSUERS ->
                        "start with issuers, or remove the file to trust every issuer";
                    case GovernanceKind.GUARDRAILS -> "start with max_permissions, or remove the file to limit nothing";
                });
    }

    /** A name is only replaced by a name that the same section does not have already. */
    private Optional<Fix> rename(Fault fault) {
        String section = fault.code() == DiagnosticCode.UNKNOWN_PERMISSION ? "permissions" : "";
        if (!section.isEmpty() && PolicyKeys.ALL.contains(policy.slice(fault.place()))) {
            return advice("move it to the left, it is a key of its own");
        }
        Optional<Fix> glued = glued(fault);
        if (glued.isPresent()) {
            return glued;
        }
        if (fault.replacement().isEmpty()) {
            int elsewhere = fault.message().indexOf("; ");
            if (elsewhere > 0 && !fault.message().contains("; known are ")) {
                return advice(fault.message().substring(elsewhere + 2));
            }
            return advice(section.isEmpty() ? "remove it" : "remove it, installation tokens have no such permission");
        }
        String meant = fault.replacement().get();
        boolean taken = policy.entryWithKey(fault.place()).stream()
                .flatMap(entry -> policy.below(entry.section()).stream())
                .anyMatch(entry -> entry.name().equals(meant));
        return taken ? advice("remove it, %s is given already".formatted(meant)) : replacement(fault);
    }

    /** {@code contents:read} without its blank is one word for YAML. */
    private Optional<Fix> glued(Fault fault) {
        String written = policy.slice(fault.place());
        return policy.entryWithKey(fault.place())
                .filter(entry -> entry.form() == YamlSource.Form.NOTHING
                        && GLUED.matcher(written).matches())
                .map(_ -> Fix.edit(
                        "write a blank behind the colon",
                        Edit.replace(fault.place(), GLUED.matcher(written).replaceAll("$1: $2"))));
    }

    private Optional<Fix> level(Fault fault) {
        return replacement(fault).or(() -> advice("write read, write or admin, or remove the permission"));
    }

    /** The replacement in the quotes that the text has: in JSON's form of YAML, keys need their quotes. */
    private Optional<Fix> replacement(Fault fault) {
        String written = policy.slice(fault.place());
        String quote = written.startsWith("\"") || written.startsWith("'") ? written.substring(0, 1) : "";
        return fault.replacement()
                .map(text -> Fix.edit("write " + text, Edit.replace(fault.place(), quote + text + quote)));
    }

    private Optional<Fix> text(Fault fault) {
        Optional<YamlSource> entry = at(fault.place());
        boolean permission =
                entry.map(found -> found.section().equals("permissions")).orElse(false);
        if (entry.map(found -> found.form() == YamlSource.Form.LIST).orElse(false)) {
            return permission ? texts.highestOf(fault.place()) : texts.patternOf(entry.get(), policy);
        }
        if (entry.filter(found -> found.form() == YamlSource.Form.NOTHING && texts.startsComment(found.key()))
                .isPresent()) {
            return advice("a # behind a blank starts a comment: put the value into quotes");
        }
        if (entry.filter(found -> found.form() == YamlSource.Form.NOTHING && texts.startsAnchor(found.key()))
                .isPresent()) {
            return advice("a & in front names a value for YAML: put the text into single quotes");
        }
        return advice(permission ? "write one of read, write, admin" : "write one text, or remove the key");
    }

    /** The advice about a pattern that is possible without knowing what was meant. */
    private Optional<Fix> pattern(Fault fault) {
        boolean cut = at(fault.place())
                .filter(entry -> entry.form() == YamlSource.Form.PLAIN && texts.startsComment(entry.value()))
                .isPresent();
        return advice(
                cut
                        ? "a # behind a blank starts a comment: put the pattern into single quotes"
                        : "correct the pattern, a literal character is escaped by a backslash");
    }

    private Optional<Fix> issuer(Fault fault) {
        return at(fault.place())
                .map(entry -> IssuerRules.repair(entry))
                .or(() -> advice("write the issuer as its discovery document has it"));
    }

    private Optional<Fix> slash(Fault fault) {
        return at(fault.place())
                .filter(entry -> fault.replacement().isPresent())
                .flatMap(entry -> Scalars.rewrite(entry, fault.replacement().get()))
                .map(edit -> Fix.edit("write " + fault.replacement().get(), edit))
                .or(() -> advice("replace . and negated classes by [^/] or [a-z0-9-]"));
    }

    private Optional<Fix> mapping(Fault fault) {
        String key = key(fault);
        String written = policy.slice(fault.place());
        boolean below = at(fault.place())
                .filter(entry ->
                        entry.key().start().line() < entry.value().start().line())
                .isPresent();
        if (below
                && written.lines().allMatch(line -> GLUED.matcher(line.strip()).matches())) {
            String parted = GLUED.matcher(written).replaceAll("$1: $2");
            return Optional.of(
                    Fix.edit("write a colon and a blank behind each name", Edit.replace(fault.place(), parted)));
        }
        Optional<Fix> fix = texts.fromListOfMappings(fault.place());
        return fix.or(() -> advice(
                switch (key) {
                    case "claim_pattern" -> "write claim: pattern, one a line, below it";
                    case "claim" -> "write claim: value, one a line, below it";
                    case "permissions", "max_permissions" -> "write name: level, one a line, below it";
                    default -> "write name: value, one a line, below it";
                }));
    }

    private Optional<Fix> list(Fault fault) {
        String written = policy.slice(fault.place());
        if (fault.message().contains("list of mappings")) {
            return advice("write a dash before the first line of each");
        }
        if (List.of("all", "*", "'*'", "\"*\"").contains(written)) {
            return advice("name each; for every one, leave the key out");
        }
        if (written.startsWith("-")) {
            return advice("write a blank behind each dash");
        }
        if (key(fault).equals("issuer_patterns") && written.matches("[\\w:/.\\\\()?+*-]+")) {
            return Optional.of(Fix.edit("write it in brackets", Edit.replace(fault.place(), "['" + written + "']")));
        }
        if (!ONE_LINE.matcher(written).matches()) {
            return advice("write a list of texts, each with a dash before it");
        }
        boolean several = at(fault.place())
                .filter(entry -> entry.form() == YamlSource.Form.PLAIN)
                .isPresent();
        String items = several && !written.contains(",") ? String.join(", ", written.split("\\s+")) : written;
        return Optional.of(Fix.edit("write it in brackets", Edit.replace(fault.place(), "[" + items + "]")));
    }

    private String key(Fault fault) {
        return at(fault.place()).map(YamlSource::name).orElse("");
    }

    private Optional<YamlSource> at(FaultLocation place) {
        return policy.entryWithValue(place);
    }

    private static Optional<Fix> advice(String advice) {
        return Optional.of(Fix.advice(advice));
    }
}
