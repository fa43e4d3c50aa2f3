package dev.octosts.policy.lint;

import dev.octosts.policy.DiagnosticCode;
import dev.octosts.policy.Fault;
import dev.octosts.policy.Place;
import dev.octosts.policy.PolicyKeys;
import dev.octosts.policy.Written;
import java.util.Optional;

/** How to repair what the engine refuses. */
final class FaultFixes {
    private final PolicyView policy;
    private final TextFixes texts;

    FaultFixes(PolicyView policy) {
        this.policy = policy;
        this.texts = new TextFixes(policy.text());
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
        return switch (fault.code()) {
            case UNKNOWN_KEY, UNKNOWN_PERMISSION -> rename(fault);
            case UNKNOWN_LEVEL -> level(fault);
            case UNKNOWN_MODE -> replacement(fault).or(() -> advice("write enforce or audit"));
            case BAD_ESCAPE -> texts.singleQuotes(fault.place().start());
            case TEXT_WANTED -> text(fault);
            case MAPPING_WANTED -> mapping(fault);
            case REPOSITORIES_NOT_HERE -> texts.remove(fault.place(), policy, "remove repositories");
            case LIST_WANTED -> list(fault);
            case TAG -> advice("remove the tag");
            case DUPLICATE_KEY -> advice("keep one of the two and remove the other");
            case BAD_KEY -> advice("write the key as text");
            case UNREADABLE -> advice("save the file as UTF-8 without control characters");
            case NOT_YAML -> advice("correct the YAML at this place");
            case SECOND_DOCUMENT -> advice("put the second policy into a file of its own");
            case TOO_COMPLEX -> advice("split the file, write aliases out");
            case NO_MAPPING, EMPTY_FILE -> advice("start with issuer, subject and permissions");
            case MISSING_KEY -> advice("add exactly one of the two, with what the token's claim has");
            case EXCLUSIVE_KEYS -> advice("remove one of the two");
            case NOTHING_GRANTED -> advice("add, for example, contents: read below permissions");
            case LOOK_AROUND -> advice("name what shall match, or exclude in the workflow; RE2 has no look-around");
            case BACK_REFERENCE -> advice("write the repeated part out; RE2 has no back-references");
            case BAD_PATTERN -> advice("correct the pattern, a literal character is escaped by a backslash");
            case PATTERN_TOO_LARGE -> advice("use smaller repetitions, or several policies");
            case BAD_ISSUER -> advice("write the issuer as its discovery document has it");
            case TOO_MANY_ENTRIES -> advice("remove some, or replace several by a pattern");
            case NO_ENTRIES -> advice("add an issuer, or remove the file to trust every issuer");
            case OPEN_SLASH -> advice("replace . and negated classes by [^/] or [a-z0-9-]");
            case BAD_TEST,
                    OWNER_IN_REPOSITORIES,
                    BAD_REPOSITORY_NAME,
                    BAD_SUBJECT,
                    BAD_AUDIENCE,
                    LEVEL_NOT_OFFERED,
                    WRONG_FILE_NAME,
                    ISSUER_NEVER_MATCHES,
                    REGEX_IN_EXACT,
                    UNESCAPED_DOT,
                    UNGROUPED_ALTERNATION,
                    MATCHES_EVERYTHING,
                    ANY_OWNER,
                    UNBOUND_SUBJECT,
                    OPEN_ISSUER_PATTERN,
                    PULL_REQUEST_WRITES,
                    ORGANIZATION_PERMISSION,
                    SELF_REWRITE,
                    WRITES_EVERYWHERE,
                    MUTABLE_SUBJECT,
                    DEFAULT_AUDIENCE,
                    MISSPELT_ISSUER,
                    SUBJECT_FORM,
                    UNKNOWN_CLAIM,
                    CLAIM_FORM,
                    ANY_BRANCH_WRITES,
                    PATTERN_FOR_EXACT,
                    EVERY_REPOSITORY -> Optional.empty();
        };
    }

    /** A name is only replaced by one that does not stand beside it already. */
    private Optional<Fix> rename(Fault fault) {
        String section = fault.code() == DiagnosticCode.UNKNOWN_PERMISSION ? "permissions" : "";
        if (!section.isEmpty() && PolicyKeys.ALL.contains(policy.slice(fault.place()))) {
            return advice("move it to the left, it is a key of its own");
        }
        if (fault.replacement().isEmpty()) {
            return advice(section.isEmpty() ? "remove it" : "remove it, installation tokens have no such permission");
        }
        String meant = fault.replacement().get();
        boolean taken =
                policy.below(section).stream().anyMatch(entry -> entry.name().equals(meant));
        return taken ? advice("remove it, %s is given already".formatted(meant)) : replacement(fault);
    }

    private Optional<Fix> level(Fault fault) {
        return replacement(fault).or(() -> advice("write read, write or admin, or remove the permission"));
    }

    private static Optional<Fix> replacement(Fault fault) {
        return fault.replacement().map(text -> Fix.edit("write " + text, Edit.replace(fault.place(), text)));
    }

    private Optional<Fix> text(Fault fault) {
        Optional<Written> entry = at(fault.place());
        boolean permission =
                entry.map(found -> found.section().equals("permissions")).orElse(false);
        if (entry.map(found -> found.form() == Written.Form.LIST).orElse(false)) {
            return permission ? texts.highestOf(fault.place()) : texts.patternOf(entry.get(), policy);
        }
        return advice(permission ? "write one of read, write, admin" : "write one text, or remove the key");
    }

    private Optional<Fix> mapping(Fault fault) {
        boolean claims = at(fault.place())
                .map(entry -> entry.name().equals("claim_pattern"))
                .orElse(false);
        Optional<Fix> fix = texts.fromListOfMappings(fault.place());
        return fix.or(() -> advice(
                claims ? "write claim: pattern, one a line, below it" : "write name: level, one a line, below it"));
    }

    private Optional<Fix> list(Fault fault) {
        Optional<Written> entry = at(fault.place());
        if (entry.map(found -> found.isText() && found.section().isEmpty()).orElse(false)) {
            String inBrackets = "[" + policy.slice(fault.place()) + "]";
            return Optional.of(Fix.edit("write it in brackets", Edit.replace(fault.place(), inBrackets)));
        }
        return advice("write a list of texts, each with a dash before it");
    }

    private Optional<Written> at(Place place) {
        return policy.entryWithValue(place);
    }

    private static Optional<Fix> advice(String advice) {
        return Optional.of(Fix.advice(advice));
    }
}
