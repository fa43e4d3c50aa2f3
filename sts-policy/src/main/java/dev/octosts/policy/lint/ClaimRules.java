package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import dev.octosts.policy.yaml.YamlSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds faults in conditions on the claims of GitHub Actions.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/security/oidc">GitHub: OpenID Connect reference</a>
 */
final class ClaimRules implements LintRule {
    private static final Set<String> KNOWN =
            Set.of(("actor actor_id aud base_ref check_run_id enterprise enterprise_id environment environment_node_id "
                            + "event_name exp head_ref iat iss issuer_scope job_workflow_ref job_workflow_sha jti nbf ref "
                            + "ref_protected ref_type repository repository_id repository_owner repository_owner_id "
                            + "repository_visibility run_attempt run_id run_number runner_environment sha sub workflow "
                            + "workflow_ref workflow_sha")
                    .split(" "));

    /** Other names of the claims: in webhooks, in expressions of workflows, in other clouds. */
    private static final Map<String, String> ALSO_CALLED = Map.of(
            "repo", "repository",
            "branch", "ref",
            "owner", "repository_owner",
            "event", "event_name",
            "visibility", "repository_visibility",
            "workflow_file", "workflow_ref",
            "token.actions.githubusercontent.com:sub", "sub",
            "token.actions.githubusercontent.com:aud", "aud");

    private static final Pattern EVENT = Pattern.compile("[a-z_]{4,}");

    @Override
    public void check(PolicyView policy, DiagnosticCollector diagnostics) {
        if (policy.provider() != Platform.GITHUB) {
            return;
        }
        for (YamlSource claim : policy.below("claim_pattern")) {
            if (isKnown(policy, claim, diagnostics) && claim.isText()) {
                policy.shape(claim)
                        .ifPresent(shape ->
                                form(claim.name(), new AcceptedValues(claim, Optional.of(shape)), diagnostics));
            }
        }
        for (YamlSource claim : policy.below("claim")) {
            if (claim.name().startsWith("/") || isKnown(policy, claim, diagnostics)) {
                policy.accepted(claim).forEach(value -> form(claim.name(), PolicyView.exact(value), diagnostics));
            }
        }
    }

    private static boolean isKnown(PolicyView policy, YamlSource claim, DiagnosticCollector diagnostics) {
        boolean known =
                claim.isItem() || KNOWN.contains(claim.name()) || claim.name().startsWith("repo_property_");
        if (!known) {
            unknown(policy, claim, diagnostics);
        }
        return known;
    }

    private static void unknown(PolicyView policy, YamlSource claim, DiagnosticCollector diagnostics) {
        String last = claim.name().replaceFirst("^(github|attribute|assertion|google)\\.", "");
        Optional<String> meant = Optional.ofNullable(ALSO_CALLED.get(claim.name()))
                .or(() -> Optional.of(last).filter(KNOWN::contains))
                .or(() -> DidYouMean.to(claim.name(), KNOWN))
                .filter(name -> policy.below(claim.section()).stream()
                        .noneMatch(other -> other.name().equals(name)));
        diagnostics.add(
                DiagnosticCode.UNKNOWN_CLAIM,
                claim.key(),
                "tokens of GitHub Actions have no claim %s".formatted(GoQuoted.of(claim.name())),
                meant.map(name -> Fix.edit("write " + name, Edit.replace(claim.key(), name)))
                        .orElseGet(() -> Fix.advice("remove it")));
    }

    private static void form(String name, AcceptedValues claim, DiagnosticCollector diagnostics) {
        String wanted = switch (name) {
            case "ref" -> claim.canStartWith("refs/") ? "" : "starts with refs/heads/, refs/tags/ or refs/pull/";
            case "repository" -> claim.canContain("/") ? "" : "is OWNER/REPOSITORY";
            case "job_workflow_ref", "workflow_ref" ->
                claim.canContain("@") && claim.canContain("/.github/workflows/")
                        ? ""
                        : "is OWNER/REPOSITORY/.github/workflows/FILE@REF";
            case "ref_protected" -> claim.canBe("true") || claim.canBe("false") ? "" : "is true or false";
            case "event_name" ->
                claim.only().map(EVENT.asMatchPredicate()::test).orElse(true)
                        ? ""
                        : "is an event such as push or pull_request";
            case "runner_environment" ->
                claim.canBe("github-hosted") || claim.canBe("self-hosted") ? "" : "is github-hosted or self-hosted";
            case "repository_visibility" ->
                claim.canBe("public") || claim.canBe("private") || claim.canBe("internal")
                        ? ""
                        : "is public, private or internal";
            case "repository_owner" -> claim.start().contains("/") ? "is the owner's name alone" : "";
            case "head_ref", "base_ref" -> claim.start().startsWith("refs/") ? "is a branch's bare name" : "";
            case "ref_type" -> claim.canBe("branch") || claim.canBe("tag") ? "" : "is branch or tag";
            case "actor_id", "repository_id", "repository_owner_id", "enterprise_id" ->
                isNumber(claim) ? "" : "is a number";
            default -> "";
        };
        if (!wanted.isEmpty()) {
            diagnostics.add(
                    DiagnosticCode.CLAIM_FORM,
                    claim.written().value(),
                    "the claim %s %s, which %s cannot match"
                            .formatted(name, wanted, GoQuoted.of(claim.written().text())),
                    fix(name, claim.written()));
        }
    }

    private static boolean isNumber(AcceptedValues claim) {
        return "0123456789".chars().anyMatch(digit -> claim.canContain(Character.toString(digit)))
                && claim.start().chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Fix fix(String name, YamlSource claim) {
        boolean branch = name.equals("ref") && claim.text().matches("(heads/|branch/)?[\\w-]+");
        String bare = claim.text().replaceFirst("^(heads/|branch/)", "");
        return (branch ? Scalars.rewrite(claim, "refs/heads/" + bare) : Optional.<Edit>empty())
                .map(edit -> Fix.edit("write refs/heads/" + bare, edit))
                .orElseGet(() -> Fix.advice("write it as the token has it"));
    }
}
