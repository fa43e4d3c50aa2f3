package dev.octosts.app.cli.operator;

import dev.octosts.exchange.spi.DenyRuleForm;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say whom an operator means, and why. Everything that is given has to fit. */
final class WhomOptions {

    @Option(names = "--owner", paramLabel = "OWNER", description = "This account and its repositories.")
    String owner = "";

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            description = "Requests with this repository as scope, without its owner; needs --owner.")
    String repository = "";

    @Option(names = "--identity", paramLabel = "NAME", description = "The policy of this name.")
    String identity = "";

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "Callers of this issuer, exactly as their tokens name it.")
    String issuer = "";

    @Option(
            names = "--subject",
            paramLabel = "TEXT",
            description = "Callers with this subject; a * at its end stands for any text.")
    String subject = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; it is in the audit, and callers never see it.")
    String reason = "";

    /** The options as what an operator writes to make a rule. */
    DenyRuleForm form(String claim) {
        return new DenyRuleForm(owner, repository, identity, issuer, subject, claim, reason);
    }

    /**
     * What is wrong, with the names of the options.
     *
     * @param everybody what is wrong when the options choose everybody
     */
    static String text(DenyRuleForm.FormFault fault, String everybody) {
        return switch (fault.part()) {
            case WHOLE -> everybody;
            case OWNER, REPOSITORY, IDENTITY, ISSUER, SUBJECT, CLAIM, REASON ->
                "--" + fault.part().name().toLowerCase(Locale.ROOT) + " "
                        + fault.problem().replace("the owner", "--owner");
        };
    }
}
