package dev.octosts.operators.console;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.http.Stores;
import dev.octosts.operators.http.UrlPairs;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditFilter;
import dev.octosts.operators.spi.PolicyNeeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page <em>a policy</em>: what it grants, what its tokens needed, and the narrower policy. */
final class PolicyPage {

    private static final String PATH = "/policies/usage";

    private final OperatorPorts ports;

    PolicyPage(OperatorPorts ports) {
        this.ports = ports;
    }

    List<OperatorRoute> routes() {
        return List.of(OperatorRoute.page("GET", PATH, Need.VIEWER, this::policy));
    }

    /** Where the page of a policy is. */
    static String address(String policy) {
        return PATH + "?" + UrlPairs.written(Map.of("policy", policy));
    }

    private OperatorAnswer policy(OperatorCall call) throws StoreException {
        String path = call.parameter("policy")
                .orElseThrow(() -> CallRefused.invalid("policy is missing: owner, repository and path"));
        Optional<PolicyNeeds> needs =
                Stores.usage(ports).ofPolicy(path, call.operator().views());
        return needs.isPresent() ? shown(call, needs.get()) : withoutUse(call, path);
    }

    private static OperatorAnswer shown(OperatorCall call, PolicyNeeds needs) {
        var html = new Html()
                .add(facts(needs))
                .add(permissions(needs))
                .add(narrower(needs))
                .add(used(needs));
        return ConsoleFrame.page(call, needs.path(), html);
    }

    /** A policy that has only refused, or that was deleted: there is nothing to say of tokens, and it is no mistake. */
    private OperatorAnswer withoutUse(OperatorCall call, String path) throws StoreException {
        if (!isNamed(call, Map.of(AuditField.POLICY, path))) {
            throw CallRefused.absent("policy");
        }
        boolean granted = isNamed(call, Map.of(AuditField.POLICY, path, AuditField.OUTCOME, "granted"));
        var html = new Html()
                .open("section", "class", "card")
                .put("h2", "Tokens")
                .put("p", granted ? "The policy was deleted." : "No token was given under this policy yet.");
        return ConsoleFrame.page(call, path, html.add(exchanges(path)).close("section"));
    }

    private boolean isNamed(OperatorCall call, Map<AuditField, String> fields) throws StoreException {
        var filter = new AuditFilter(call.operator().views(), fields, Optional.empty(), Optional.empty());
        return !Stores.audit(ports).search(filter, Optional.empty(), 1).isEmpty();
    }

    private static Html exchanges(String path) {
        return new Html()
                .open("p", "class", "more")
                .put("a", "Its exchanges", "href", "/exchanges?" + UrlPairs.written(Map.of("policy", path)))
                .close("p");
    }

    private static Html facts(PolicyNeeds needs) {
        var html =
                new Html().open("section", "class", "card").put("h2", "Tokens").open("dl");
        html.put("dt", "Granted").put("dd", Long.toString(needs.granted()));
        html.put("dt", "The last one").open("dd");
        needs.lastGranted().ifPresentOrElse(time -> html.add(Times.of(time)).text(" UTC"), () -> html.text("never"));
        html.close("dd").put("dt", "Version of the policy").open("dd");
        html.put("code", needs.blob().isEmpty() ? "not known" : needs.blob())
                .close("dd")
                .close("dl");
        return html.add(exchanges(needs.path())).close("section");
    }

    private static Html permissions(PolicyNeeds needs) {
        var html = new Html().open("section", "class", "card").put("h2", "Permissions");
        if (needs.permissions().isEmpty()) {
            return html.put("p", "It has granted nothing yet.").close("section");
        }
        Html table = ConsoleFrame.table("Permissions", List.of("Permission", "Granted", "Needed"));
        for (PolicyNeeds.NeededPermission permission : needs.permissions()) {
            table.open("tr")
                    .put("th", permission.name(), "scope", "row")
                    .put("td", permission.granted())
                    .put("td", words(permission), "class", kind(permission.need()))
                    .close("tr");
        }
        return html.add(ConsoleFrame.endTable(table)).close("section");
    }

    private static String words(PolicyNeeds.NeededPermission permission) {
        return switch (permission.need()) {
            case USED -> "used";
            case NARROWER -> "used to " + permission.used() + " only";
            case UNUSED -> "never used";
            case UNKNOWN -> "unknown: " + permission.why();
        };
    }

    private static String kind(PolicyNeeds.PermissionUse need) {
        return switch (need) {
            case USED -> "granted";
            case NARROWER, UNUSED -> "refused";
            case UNKNOWN -> "long";
        };
    }

    private static Html narrower(PolicyNeeds needs) {
        var html = new Html();
        if (needs.enough().isEmpty() && needs.diff().isEmpty() && needs.note().isEmpty()) {
            return html;
        }
        html.open("section", "class", "card").put("h2", "Narrower policy");
        if (!needs.enough().isEmpty()) {
            html.put(
                    "p",
                    "Enough: "
                            + needs.enough().entrySet().stream()
                                    .map(one -> one.getKey() + ": " + one.getValue())
                                    .collect(Collectors.joining(", ")));
        }
        if (!needs.note().isEmpty()) {
            html.put("p", needs.note(), "class", "aside");
        }
        if (!needs.diff().isEmpty()) {
            html.open("pre", "tabindex", "0", "role", "region", "aria-label", "The change")
                    .text(needs.diff())
                    .close("pre");
        }
        return html.close("section");
    }

    private static Html used(PolicyNeeds needs) {
        var html = new Html().open("section", "class", "card").put("h2", "What its tokens were used for");
        html.put("p", UsageView.words(needs), "class", "aside");
        html.put("p", needs.events() == 0 ? "Nothing is known." : needs.events() + " events are known.");
        needs.newPlaces()
                .forEach((place, first) -> html.put(
                        "p", "New place: " + place + ", first at " + Times.text(first) + " UTC.", "class", "failure"));
        needs.late()
                .forEach(use -> html.open("p", "class", "failure")
                        .text("A token was used after the end of its run " + use.run() + ", which ended at "
                                + Times.text(use.ended()) + " UTC: " + use.events() + " events, the last at "
                                + Times.text(use.last()) + " UTC. ")
                        .put(
                                "a",
                                "Its exchange",
                                "href",
                                "/exchanges?" + UrlPairs.written(Map.of("token", use.token())))
                        .close("p"));
        if (!needs.repositories().isEmpty()) {
            html.put("p", "Used in " + String.join(", ", needs.repositories()) + ".");
        }
        if (!needs.refusedRepositories().isEmpty()) {
            html.put(
                    "p",
                    "Asked in " + String.join(", ", needs.refusedRepositories())
                            + ", where GitHub refused every request.");
        }
        if (!needs.unusedRepositories().isEmpty()) {
            html.put("p", "Never used in " + String.join(", ", needs.unusedRepositories()) + ".", "class", "refused");
        }
        html.add(UsageView.counts("Actions", "Action", needs.actions())).add(UsageView.requests(needs.answers()));
        return html.close("section");
    }
}
