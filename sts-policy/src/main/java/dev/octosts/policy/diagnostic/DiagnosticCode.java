package dev.octosts.policy.diagnostic;

/**
 * Everything that can be wrong with a file, or dangerous about it. Identifiers are stable: they never change meaning.
 * The order is the order of reporting: codes that make a policy worthless come first, then codes that make it
 * dangerous.
 */
public enum DiagnosticCode {
    UNREADABLE("STS001", Severity.ERROR, "The file cannot be read as text"),
    NOT_YAML("STS002", Severity.ERROR, "The file is not YAML"),
    BAD_ESCAPE("STS003", Severity.ERROR, "A backslash in double quotes is not an escape sequence of YAML"),
    SECOND_DOCUMENT("STS004", Severity.ERROR, "The file has more than one document"),
    TOO_COMPLEX("STS005", Severity.ERROR, "The file has more in it than any policy needs"),
    NO_MAPPING("STS006", Severity.ERROR, "The file is not a mapping of keys to values"),
    EMPTY_FILE("STS007", Severity.ERROR, "The file is empty"),
    UNKNOWN_KEY("STS008", Severity.ERROR, "The key is not known"),
    DUPLICATE_KEY("STS009", Severity.ERROR, "A key is given twice"),
    TEXT_WANTED("STS010", Severity.ERROR, "A text is wanted here"),
    MAPPING_WANTED("STS011", Severity.ERROR, "A mapping is wanted here"),
    UNKNOWN_PERMISSION("STS012", Severity.ERROR, "GitHub has no such permission"),
    UNKNOWN_LEVEL("STS013", Severity.ERROR, "A permission's level is read, write or admin"),
    REPOSITORIES_NOT_HERE("STS014", Severity.ERROR, "Only organization policies name repositories"),
    LIST_WANTED("STS015", Severity.ERROR, "A list of texts is wanted here"),
    TAG("STS016", Severity.ERROR, "Explicit YAML tags are not supported"),
    BAD_KEY("STS017", Severity.ERROR, "A key is a text, a merge key takes mappings"),
    MISSING_KEY("STS020", Severity.ERROR, "Issuer or subject is missing"),
    EXCLUSIVE_KEYS("STS021", Severity.ERROR, "A value and a pattern for the same thing"),
    BAD_PATTERN("STS022", Severity.ERROR, "The pattern does not compile"),
    LOOK_AROUND("STS023", Severity.ERROR, "Patterns have no look-ahead and no look-behind"),
    BACK_REFERENCE("STS024", Severity.ERROR, "Patterns have no back-references"),
    PATTERN_TOO_LARGE("STS025", Severity.ERROR, "The pattern is too large"),
    NOTHING_GRANTED("STS026", Severity.ERROR, "The policy grants nothing"),
    OWNER_IN_REPOSITORIES("STS030", Severity.ERROR, "Repositories are named without their owner"),
    BAD_REPOSITORY_NAME("STS031", Severity.ERROR, "No repository can have this name"),
    BAD_ISSUER("STS032", Severity.ERROR, "No token can have this issuer"),
    BAD_SUBJECT("STS033", Severity.ERROR, "No token with this subject is accepted"),
    BAD_AUDIENCE("STS034", Severity.ERROR, "No token with this audience is accepted"),
    LEVEL_NOT_OFFERED("STS035", Severity.WARNING, "The permission does not have this level"),
    WRONG_FILE_NAME("STS036", Severity.ERROR, "The file's name or folder is not a policy's"),
    ISSUER_NEVER_MATCHES("STS037", Severity.ERROR, "No issuer matches the pattern"),
    UNTRUSTED_ISSUER("STS038", Severity.ERROR, "The organization does not trust the issuer"),
    BEYOND_GUARDRAILS("STS039", Severity.ERROR, "The guard rails do not allow the policy"),
    MISSPELT_ISSUER("STS053", Severity.WARNING, "Nearly, but not quite, a well-known issuer"),
    SUBJECT_FORM("STS054", Severity.WARNING, "The issuer does not make such subjects"),
    UNKNOWN_CLAIM("STS055", Severity.WARNING, "The issuer does not make such a claim"),
    CLAIM_FORM("STS056", Severity.WARNING, "The claim never has such a value"),
    REGEX_IN_EXACT("STS040", Severity.WARNING, "A pattern where the exact value is wanted"),
    CONTROL_CHARACTER("STS063", Severity.WARNING, "A line break or control character that no token has"),
    LOOKALIKE("STS065", Severity.WARNING, "A character that looks like another, or like none"),
    DOUBLED_BACKSLASH("STS066", Severity.WARNING, "Two backslashes where one is meant"),
    NEVER_MATCHES("STS067", Severity.WARNING, "No text matches the pattern"),
    PATTERN_IN_SLASHES("STS058", Severity.WARNING, "Slashes around a pattern are part of it"),
    GLOB_IN_PATTERN("STS059", Severity.WARNING, "A glob where a pattern is wanted"),
    UNESCAPED_DOT("STS041", Severity.WARNING, "An unescaped dot matches any character"),
    UNGROUPED_ALTERNATION("STS042", Severity.WARNING, "An alternation outside a group"),
    MATCHES_EVERYTHING("STS043", Severity.WARNING, "The pattern matches everything"),
    ANY_OWNER("STS044", Severity.WARNING, "Repositories of any owner match"),
    UNBOUND_SUBJECT(
            "STS045", Severity.WARNING, "The issuer is shared by all its customers, and the subject is not bound"),
    OPEN_ISSUER_PATTERN("STS046", Severity.WARNING, "The issuer's pattern can match other hosts"),
    PULL_REQUEST_WRITES("STS047", Severity.WARNING, "Pull requests get write access"),
    ORGANIZATION_PERMISSION("STS048", Severity.WARNING, "A permission beyond the repository in a repository policy"),
    SELF_REWRITE("STS049", Severity.WARNING, "Who gets the token can rewrite the policy"),
    WRITES_EVERYWHERE("STS050", Severity.WARNING, "Write access to every repository"),
    /** An error where it is known that the repository's tokens have the other form. */
    MUTABLE_SUBJECT("STS051", Severity.HINT, "The subject has the form without ids"),
    DEFAULT_AUDIENCE("STS052", Severity.WARNING, "The issuer never puts the default audience into a token"),
    FOREIGN_AUDIENCE("STS027", Severity.WARNING, "The audience is that of another service"),
    POWERFUL_GRANT("STS028", Severity.WARNING, "Many subjects get a permission that can take the repository over"),
    ANY_WORKLOAD("STS029", Severity.WARNING, "The pattern matches every workload of the customer"),
    ANY_BRANCH_WRITES("STS057", Severity.WARNING, "Every branch gets write access"),
    BEYOND_AUDITED_RULE("STS064", Severity.WARNING, "A rule of the organization is broken that is only recorded yet"),
    PATTERN_FOR_EXACT("STS060", Severity.HINT, "A pattern that matches one value only"),
    EVERY_REPOSITORY("STS061", Severity.HINT, "An empty list of repositories means all of them"),
    NAME_WITH_BLANK("STS068", Severity.WARNING, "The policy's name has a blank"),
    DRAFT_NAME("STS062", Severity.HINT, "The file needs another name before the service reads it"),
    UNKNOWN_MODE("STS070", Severity.ERROR, "The mode is enforce or audit"),
    TOO_MANY_ENTRIES("STS071", Severity.ERROR, "More entries than are allowed"),
    NO_ENTRIES("STS072", Severity.ERROR, "No issuer is trusted"),
    OPEN_SLASH("STS073", Severity.ERROR, "The pattern can match a slash in more than one place"),
    BAD_GLOB("STS074", Severity.ERROR, "No repository matches the glob"),
    ALLOW_OR_DENY("STS075", Severity.ERROR, "The rule is allow or deny"),
    NO_RULE("STS076", Severity.ERROR, "A rule that says nothing"),
    BAD_OWNER("STS077", Severity.ERROR, "No account can have this name"),
    BAD_TEST("STS080", Severity.ERROR, "A policy test is not complete");

    private final String id;
    private final Severity severity;
    private final String title;

    DiagnosticCode(String id, Severity severity, String title) {
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    /**
     * Whether the code reports something missing. Such codes are reported last: a misspelt key is the cause, and the
     * key that is missing because of it is the consequence.
     */
    public boolean isAbsence() {
        return this == MISSING_KEY || this == NOTHING_GRANTED;
    }

    /** {@code STS} and three digits. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** The fault or danger in one line. */
    public String title() {
        return title;
    }
}
