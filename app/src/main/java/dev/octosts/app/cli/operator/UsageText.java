package dev.octosts.app.cli.operator;

import dev.octosts.app.usage.PolicyProposal;
import dev.octosts.app.usage.UsageReport;
import dev.octosts.app.usage.UsageReport.PermissionReport;
import dev.octosts.app.usage.UsageReport.PolicyReport;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.policy.text.SafeText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people. */
final class UsageText {

    private static final int SHOWN = 8;

    private final UsageReport report;
    private final List<PolicyReport> policies;
    private final PolicyVersions files;
    private final StringBuilder text = new StringBuilder();

    private UsageText(UsageReport report, String owner, PolicyVersions files) {
        this.report = report;
        this.policies = report.policies().stream()
                .filter(policy -> owner.isEmpty() || policy.target().owner().equalsIgnoreCase(owner))
                .toList();
        this.files = files;
    }

    static String of(UsageReport report, String owner, PolicyVersions files) {
        return new UsageText(report, owner, files).write();
    }

    private void line(String line) {
        text.append(SafeText.line(line)).append('\n');
    }

    private String write() {
        line(report.recordsSince()
                .map(first -> "tokens are on record since " + first)
                .orElse("no tokens are on record"));
        if (report.windows().isEmpty()) {
            line("nothing is known of what they were used for: see octo-sts audit import");
        }
        report.windows().forEach(window -> line(known(window)));
        policies.stream().filter(policy -> policy.grants() > 0).forEach(this::policy);
        unused(30);
        unused(90);
        return text.toString();
    }

    private static String known(Window window) {
        return "usage by " + window.owner() + " is known from " + window.from() + " to " + window.until()
                + switch (window.kind()) {
                    case LOG -> "";
                    case API -> ", with requests to the API";
                };
    }

    private void policy(PolicyReport policy) {
        text.append('\n');
        line(policy.path());
        line("  " + policy.grants() + " tokens"
                + policy.lastGrant().map(last -> ", the last at " + last).orElse("") + "; " + policy.events()
                + " events" + counts(": ", policy.actions()));
        if (!policy.requests().isEmpty()) {
            line("  requests" + counts(": ", policy.requests()));
        }
        if (!policy.repositories().isEmpty()) {
            line("  used in " + names(policy.repositories()));
        }
        if (!policy.refusedRepositories().isEmpty()) {
            line("  asked in " + names(policy.refusedRepositories()) + ", where GitHub refused every request");
        }
        if (!policy.unusedRepositories().isEmpty()) {
            line("  never used in " + names(policy.unusedRepositories()));
        }
        policy.permissions().forEach(permission -> line("  " + permission(permission)));
        policy.newPlaces().forEach(place -> line("  new place: " + place.place() + ", first at " + place.first()));
        policy.late()
                .forEach(use -> line("  used after the end of its run: token " + use.token() + " of run " + use.run()
                        + ", which ended at " + use.ended() + "; " + use.events() + " events, the last at "
                        + use.last()));
        if (policy.isTooWide()) {
            PolicyProposal proposal = files.of(policy);
            line("  enough: "
                    + policy.enough().entrySet().stream()
                            .map(entry ->
                                    entry.getKey() + ": " + entry.getValue().wireName())
                            .collect(Collectors.joining(", "))
                    + (proposal.note().isEmpty() ? "" : " (" + proposal.note() + ")"));
            text.append(proposal.diff());
        }
    }

    private static String permission(PermissionReport permission) {
        return permission.name() + ": " + permission.granted().wireName() + "  "
                + switch (permission.state()) {
                    case USED -> "used";
                    case NARROWER ->
                        "used to " + permission.used().orElseThrow().wireName() + " only";
                    case UNUSED -> "never used";
                    case UNKNOWN -> "unknown: " + permission.why();
                };
    }

    private static String counts(String before, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return "";
        }
        return before
                + names(counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .toList());
    }

    private static String names(List<String> names) {
        return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " others" : "");
    }

    private void unused(int days) {
        List<PolicyReport> unused = report.unusedFor(Duration.ofDays(days)).stream()
                .filter(policies::contains)
                .toList();
        if (!unused.isEmpty()) {
            text.append('\n');
            line("no token for " + days + " days:");
            unused.forEach(policy -> line("  " + policy.path()));
        }
    }
}
