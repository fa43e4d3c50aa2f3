package dev.octosts.operators.console;

import dev.octosts.operators.OperatorPorts;
import dev.octosts.operators.Traffic.Hour;
import dev.octosts.operators.Traffic.Minute;
import dev.octosts.operators.access.Need;
import dev.octosts.operators.http.OperatorAnswer;
import dev.octosts.operators.http.OperatorCall;
import dev.octosts.operators.http.OperatorRoute;
import dev.octosts.operators.spi.Reach;
import dev.octosts.operators.spi.ServiceView.InstallationQuota;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The page <em>now</em>: what this process does. */
final class NowPage {

    private static final int MOST_QUOTAS = 200;
    private static final int LATELY = 5;

    private final OperatorPorts ports;

    NowPage(OperatorPorts ports) {
        this.ports = ports;
    }

    List<OperatorRoute> routes() {
        return List.of(OperatorRoute.page("GET", "/", Need.VIEWER, this::now));
    }

    private OperatorAnswer now(OperatorCall call) {
        Reach views = call.operator().views();
        Hour hour = ports.traffic().hour(views);
        long granted = hour.minutes().stream().mapToLong(Minute::granted).sum();
        long refused = hour.minutes().stream().mapToLong(Minute::refused).sum();
        long failed = hour.minutes().stream().mapToLong(Minute::failed).sum();
        var html = new Html();
        html.add(lately(hour)).put("p", scope(views), "class", "aside").add(find());
        html.open("section", "class", "card").put("h2", "Exchanges");
        html.open("p", "class", "legend")
                .put("span", granted + " granted", "class", "granted")
                .put("span", refused + " refused", "class", "refused")
                .put("span", failed + " failed", "class", "failed")
                .close("p");
        html.add(Charts.exchanges(hour.minutes())).close("section");
        html.open("section", "class", "card").put("h2", "Latency");
        html.open("p", "class", "legend")
                .put("span", "median " + hour.medianMillis() + " ms", "class", "median")
                .put("span", "99th percentile " + hour.slowMillis() + " ms", "class", "slow")
                .close("p");
        html.add(Charts.latency(hour.minutes())).close("section");
        html.open("section", "class", "card").put("h2", "Refusals by rule");
        if (hour.rules().isEmpty()) {
            html.put("p", "None in the last hour.");
        } else {
            html.add(Charts.rows(hour.rules(), "Rule", "Refused"));
        }
        html.close("section").add(quotas(views));
        return ConsoleFrame.page(call, "Now", html);
    }

    /** Whether exchanges are granted now, in words. */
    private static Html lately(Hour hour) {
        List<Minute> last = hour.minutes()
                .subList(
                        Math.max(0, hour.minutes().size() - LATELY),
                        hour.minutes().size());
        long granted = last.stream().mapToLong(Minute::granted).sum();
        long refused = last.stream().mapToLong(Minute::refused).sum();
        long failed = last.stream().mapToLong(Minute::failed).sum();
        String words = granted > 0
                ? "Exchanges are granted: " + granted + " in the last " + LATELY + " minutes."
                : refused + failed > 0
                        ? "No exchange was granted in the last " + LATELY + " minutes; " + refused
                                + " were refused, and " + failed + " failed."
                        : "Nobody has asked in the last " + LATELY + " minutes.";
        return new Html().put("p", words, "class", granted > 0 ? "granted" : "refused");
    }

    private static Html find() {
        return new Html()
                .open("form", "method", "get", "action", "/exchanges", "class", "buttons", "role", "search")
                .add(ConsoleFrame.field(
                        "subject", "Subject of a caller", "", "repo:octo-org/octo-repo:ref:refs/heads/main"))
                .put("button", "Find its exchanges")
                .close("form");
    }

    private static String scope(Reach views) {
        return "The last hour of this process, "
                + (views.everything()
                        ? "of all accounts."
                        : "of the accounts " + views.owners().stream().sorted().collect(Collectors.joining(", "))
                                + ".");
    }

    private Html quotas(Reach views) {
        List<InstallationQuota> quotas = ports.service().quotas().stream()
                .filter(quota -> views.includes(quota.owner()))
                .limit(MOST_QUOTAS)
                .toList();
        var html = new Html().open("section", "class", "card").put("h2", "Requests that GitHub allows");
        if (quotas.isEmpty()) {
            return html.put("p", "GitHub has reported nothing yet.").close("section");
        }
        html.add(ConsoleFrame.table(
                "Requests that GitHub allows",
                List.of("App", "Account", "Kind", "Left", "", "Starts again"),
                Set.of("Left")));
        for (InstallationQuota quota : quotas) {
            html.open("tr")
                    .put("td", Long.toString(quota.appId()))
                    .put("td", quota.owner())
                    .put("td", quota.resource())
                    .put("td", quota.remaining() + " of " + quota.limit(), "class", "number")
                    .open("td", "class", "bar")
                    .add(Charts.share(quota.remaining(), quota.limit(), "granted"))
                    .close("td")
                    .open("td")
                    .add(Times.of(quota.resetAt()))
                    .close("td")
                    .close("tr");
        }
        return ConsoleFrame.endTable(html).close("section");
    }
}
